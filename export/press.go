package export

import (
	"bytes"
	"hash/crc32"
	"io"
	"os"
	"runtime"
	"sync"

	"github.com/klauspost/compress/flate"
)

// press packs the rows of sheets while they are written: blocks of text are
// deflated on all cores. What is more than a little goes into a temporary file.
type press struct {
	free   chan *packer
	atWork sync.WaitGroup

	one  sync.Mutex // guards what follows
	held int        // bytes in memory
	file *os.File   // nil until it is needed
	end  int64      // of the file
	err  error
}

// packer is what one core needs to pack a block.
type packer struct {
	text    []byte
	packed  bytes.Buffer
	deflate *flate.Writer
}

// compression is the level at which sheets come out a little smaller than by
// the standard library, in a third of its time.
const compression = 5

// pressHeld is how much of packed rows stays in memory.
const pressHeld = 1 << 20

// body is the rows of one page, packed. It is whole when the press is done.
type body struct {
	text   []byte // of a page that is less than a block: it is packed with its header
	blocks []*block
	crc    uint32 // of the text of the blocks
	size   int64  // of the text
}

// block is a piece of a body, in memory or in the file of the press.
type block struct {
	data []byte
	at   int64
	size int64
}

func newPress() *press {
	n := runtime.GOMAXPROCS(0)
	p := &press{free: make(chan *packer, n)}
	for range n {
		p.free <- &packer{}
	}
	return p
}

// add packs text as the next block of a body, and gives memory for more text.
// Where the blocks end is up to the caller, so that it does not depend on the
// number of cores.
func (p *press) add(b *body, text []byte) []byte {
	b.crc = crc32.Update(b.crc, crc32.IEEETable, text)
	b.size += int64(len(text))
	next := &block{}
	b.blocks = append(b.blocks, next)
	worker := <-p.free
	worker.text, text = text, worker.text[:0]
	p.atWork.Go(func() {
		packed, err := worker.pack(worker.text, false)
		p.lay(next, packed, err)
		p.free <- worker
	})
	return text
}

// pack deflates text. Unless it is the last, what is packed ends at a whole byte
// and leaves the stream open.
func (w *packer) pack(text []byte, last bool) (packed []byte, err error) {
	w.packed.Reset()
	if w.deflate == nil {
		if w.deflate, err = flate.NewWriter(nil, compression); err != nil {
			return nil, err
		}
	}
	w.deflate.Reset(&w.packed)
	if _, err := w.deflate.Write(text); err != nil {
		return nil, err
	}
	if last {
		err = w.deflate.Close()
	} else {
		err = w.deflate.Flush()
	}
	return w.packed.Bytes(), err
}

// lay keeps a packed block.
func (p *press) lay(b *block, packed []byte, err error) {
	p.one.Lock()
	defer p.one.Unlock()
	if p.err == nil {
		p.err = err
	}
	if p.err != nil {
		return
	}
	b.size = int64(len(packed))
	if p.held+len(packed) <= pressHeld {
		b.data = bytes.Clone(packed)
		p.held += len(packed)
		return
	}
	if p.file == nil {
		if p.file, p.err = os.CreateTemp("", "unecho-"); p.err != nil {
			return
		}
	}
	b.at = p.end
	p.end += b.size
	_, p.err = p.file.Write(packed)
}

// wait waits until all blocks are packed.
func (p *press) wait() error {
	p.atWork.Wait()
	return p.err
}

// packedSize is the length of a body as it is packed.
func (b *body) packedSize() int64 {
	var n int64
	for _, block := range b.blocks {
		n += block.size
	}
	return n
}

// writeTo writes a body as it is packed.
func (p *press) writeTo(w io.Writer, b *body) error {
	for _, block := range b.blocks {
		var from io.Reader = bytes.NewReader(block.data)
		if block.data == nil {
			from = io.NewSectionReader(p.file, block.at, block.size)
		}
		if _, err := io.Copy(w, from); err != nil {
			return err
		}
	}
	return nil
}

// close removes the file.
func (p *press) close() {
	p.atWork.Wait()
	if p.file != nil {
		p.file.Close()
		os.Remove(p.file.Name())
	}
}

// joinCRC gives the CRC-32 of two texts one behind the other from the sums of
// each and the length of the second. A sum is a polynomial modulo that of
// CRC-32, its highest power in the lowest bit; a byte behind multiplies it by
// x⁸ (Adler, crc32_combine of zlib).
func joinCRC(first, second uint32, length int64) uint32 {
	power := uint32(1) << 23 // x⁸
	for ; length > 0; length >>= 1 {
		if length&1 != 0 {
			first = multiplyCRC(power, first)
		}
		power = multiplyCRC(power, power)
	}
	return first ^ second
}

// multiplyCRC multiplies two polynomials modulo that of CRC-32.
func multiplyCRC(a, b uint32) (product uint32) {
	for bit := uint32(1) << 31; bit != 0; bit >>= 1 {
		if a&bit != 0 {
			product ^= b
		}
		carry := b & 1
		b >>= 1
		if carry != 0 {
			b ^= crc32.IEEE
		}
	}
	return product
}
