import type { Layer } from './layer.ts'
import { unlessAborted } from './timeout.ts'

/** Answers in place of an error. It is not asked after an abort: nobody waits for the answer then. */
export function fallbackLayer(answer: (error: unknown) => unknown): Layer {
  return async (call, context) => {
    const { signal } = context
    try {
      return await call(context)
    } catch (error) {
      if (signal.aborted) throw error
      return unlessAborted((async () => answer(error))(), signal)
    }
  }
}
