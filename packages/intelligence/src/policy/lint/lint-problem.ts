export interface LintProblem {
  /** The kind of fault, as named in the linter's tests. */
  readonly rule: string
  /** The position as a path into the policy. */
  readonly path: string
  /** What is wrong, and what is allowed there. */
  readonly message: string
}
