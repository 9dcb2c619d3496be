export interface LintProblem {
  /** What kind of fault: the names in the linter's tests. */
  readonly rule: string
  /** Where, as a path into the policy. */
  readonly path: string
  /** What is wrong, and what is allowed there. */
  readonly message: string
}
