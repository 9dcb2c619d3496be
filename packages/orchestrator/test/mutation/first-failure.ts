import fc from 'fast-check'

// A mutant is dead at the first schedule that it breaks: nobody reads the smallest one.
fc.configureGlobal({ endOnFailure: true })
