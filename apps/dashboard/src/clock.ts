/** The page's own time: nothing else reads the system's. */
export const now = (): number => Date.now()

export function every(intervalMs: number, tick: () => void): () => void {
  const timer = setInterval(tick, intervalMs)
  return () => clearInterval(timer)
}

/** Runs `work` soon after it is called, however often it is called meanwhile. */
export function soon(
  delayMs: number,
  work: () => void,
): { readonly call: () => void; readonly cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    call() {
      timer ??= setTimeout(() => {
        timer = undefined
        work()
      }, delayMs)
    },
    cancel: () => clearTimeout(timer),
  }
}
