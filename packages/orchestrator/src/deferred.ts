/** A promise and the functions that settle it. */
export interface Deferred<Result> {
  readonly promise: Promise<Result>
  readonly resolve: (result: Result | PromiseLike<Result>) => void
  readonly reject: (reason: unknown) => void
}

/** `Promise.withResolvers`, which Node 20 does not have. */
export function createDeferred<Result>(): Deferred<Result> {
  let resolve!: Deferred<Result>['resolve']
  let reject!: Deferred<Result>['reject']
  const promise = new Promise<Result>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}
