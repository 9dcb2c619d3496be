import { useCallback, useRef } from 'react'

/** A button pressed twice is one request: until it is answered, whoever sends again gets the same answer. */
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
