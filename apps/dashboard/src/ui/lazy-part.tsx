import { type ComponentType, type ReactNode, useCallback, useEffect, useState } from 'react'
import { Failure } from './notice.tsx'

/** A part of the page whose script is loaded when it is first shown, or before by `preload`. */
export interface LazyPart<Props> {
  (props: Props): ReactNode
  preload(): void
}

/**
 * Unlike `React.lazy` it can be tried again: a script that cannot be loaded shows an error in its place, and the page around it stays.
 *
 * @param waiting what has the final size, while the script is loaded
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = null,
): LazyPart<Props> {
  let loaded: ComponentType<Props> | undefined
  let loading: Promise<ComponentType<Props>> | undefined
  const loadOnce = (): Promise<ComponentType<Props>> => {
    loading ??= load().then(
      (part) => (loaded = part),
      (error: unknown) => {
        loading = undefined
        throw error
      },
    )
    return loading
  }

  function Part(props: Props) {
    const [Loaded, setLoaded] = useState(() => loaded)
    const [hasFailed, setHasFailed] = useState(false)
    const start = useCallback(() => {
      setHasFailed(false)
      loadOnce().then(
        (part) => setLoaded(() => part),
        () => setHasFailed(true),
      )
    }, [])
    useEffect(() => {
      if (Loaded === undefined) start()
    }, [Loaded, start])
    if (Loaded !== undefined) return <Loaded {...props} />
    if (!hasFailed) return waiting
    return <Failure error={new ScriptNotLoaded()} onRetry={start} />
  }
  Part.preload = () => void loadOnce().catch(() => undefined)
  return Part
}

/** The gateway cannot be reached, or it has been updated since this page was opened. */
export class ScriptNotLoaded extends Error {
  override readonly name = 'ScriptNotLoaded'

  constructor() {
    super(
      'This part of the page could not be loaded. Nothing is lost. If trying again does not help, reload the page.',
    )
  }
}
