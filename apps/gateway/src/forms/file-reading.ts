export interface FileReading {
  /** Whose file it is: people take turns, so that nobody's files delay everybody's. */
  readonly holder: string
  readonly signal: AbortSignal
}
