/** The only access to the system time in this app. */
export const now = (): number => Date.now()

export function every(intervalMs: number, tick: () => void): () => void {
  const timer = setInterval(tick, intervalMs)
  return () => clearInterval(timer)
}

/** Runs `work` once, `delayMs` after the first of any number of calls. */
export function throttle(
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
