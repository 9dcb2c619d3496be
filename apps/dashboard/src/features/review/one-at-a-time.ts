import { useCallback, useRef } from 'react'

/** Pressing a button twice sends one request: until it is answered, further calls get the same answer. */
export function useOneAtATime<Input, Result>(
  send: (input: Input) => Promise<Result>,
): (input: Input) => Promise<Result> {
  const latest = useRef(send)
  latest.current = send
  const underway = useRef<Promise<Result>>(undefined)
  return useCallback((input: Input) => {
    underway.current ??= latest.current(input).finally(() => {
      underway.current = undefined
    })
    return underway.current
  }, [])
}
