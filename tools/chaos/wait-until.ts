const lookMs = 50

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

/** What did not come in time, as the campaign reports it. */
export class PatienceLostError extends Error {
  override readonly name = 'PatienceLostError'
}

/** Asks again and again until there is an answer. @throws {PatienceLostError} after `patienceMs` */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value | undefined> | Value | undefined,
  patienceMs = 120_000,
): Promise<Value> {
  const startedAt = performance.now()
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() - startedAt > patienceMs)
      throw new PatienceLostError(`waited ${patienceMs} ms for ${what}`)
    await pause(lookMs)
  }
}
