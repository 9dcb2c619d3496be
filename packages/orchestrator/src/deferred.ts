/** A promise and the functions that settle it. */
export interface Deferred<Result> {
  readonly promise: Promise<Result>
  readonly resolve: (result: Result | PromiseLike<Result>) => void
  readonly reject: (reason: unknown) => void
}

let lastResolve: (result: unknown) => void
let lastReject: (reason: unknown) => void

/** One executor for all promises: a closure for each would be a tenth of the memory that a task takes. */
function capture(resolve: (result: unknown) => void, reject: (reason: unknown) => void): void {
  lastResolve = resolve
  lastReject = reject
}

/** `Promise.withResolvers`, which Node 20 does not have. */
export function createDeferred<Result>(): Deferred<Result> {
  const promise = new Promise<unknown>(capture) as Promise<Result>
  return { promise, resolve: lastResolve, reject: lastReject }
}
