/** How many tasks a producer has outstanding before it waits. */
export const capacity = 1024

/**
 * Feeds `total` tasks to `add`, at most `capacity` at once: at capacity, the producer waits until one task is done. It is the same
 * code for every subject, so it costs every subject the same.
 */
export async function feedBounded(total: number, add: () => Promise<unknown>): Promise<void> {
  const finished = Promise.withResolvers<void>()
  let outstanding = 0
  let done = 0
  let wake: (() => void) | undefined
  const onDone = () => {
    outstanding -= 1
    done += 1
    if (done === total) finished.resolve()
    if (wake === undefined) return
    const producer = wake
    wake = undefined
    producer()
  }
  for (let fed = 0; fed < total; fed += 1) {
    if (outstanding >= capacity) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    outstanding += 1
    void add().then(onDone)
  }
  await finished.promise
}
