// Package cluster puts records into clusters from the scores of pairs of
// them: candidate pairs → scored pairs → clusters. It is the part of the road
// between the match weights and the survivors, imports nothing of ours, and
// knows records only by their numbers.
//
// [Average] is greedy average linkage under constraints: it starts with every
// record alone and merges the two clusters with the largest mean score between
// them while that mean is above 0. A pair that no join found counts against
// the merge, so that a chain A~B~C does not pull A and C together against the
// evidence. Decisions of a person come first: a must-link is always kept, a
// cannot-link is never broken, and decisions that contradict each other are an
// error that shows the chain ([Conflict]).
//
// The result does not depend on the order of records or edges, nor on
// GOMAXPROCS: scores are added up as whole numbers, so that a sum is the same
// in any order, and ties go by the content of the records ([Options.Key]),
// never by their place in the list.
//
// [Span] then says for each record which link holds it in its cluster, and
// for each cluster which link is its weakest.
package cluster
