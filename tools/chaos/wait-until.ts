const pollMs = 50

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

/** Something did not happen in time. The campaign reports the message. */
export class WaitTimeoutError extends Error {
  override readonly name = 'WaitTimeoutError'
}

/** Polls until `ask` returns a value. @throws {WaitTimeoutError} after `timeoutMs` */
export async function waitUntil<Value>(
  what: string,
  ask: () => Promise<Value | undefined> | Value | undefined,
  timeoutMs = 120_000,
): Promise<Value> {
  const startedAt = performance.now()
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() - startedAt > timeoutMs)
      throw new WaitTimeoutError(`waited ${timeoutMs} ms for ${what}`)
    await pause(pollMs)
  }
}
