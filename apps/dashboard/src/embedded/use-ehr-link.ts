import { useEffect, useState, useSyncExternalStore } from 'react'
import { every } from '../clock.ts'
import type { EhrState } from './ehr-link.ts'
import type { EhrMethod } from './ehr-messages.ts'
import { ehrLink } from './this-window.ts'

export const useEhr = (): EhrState => useSyncExternalStore(ehrLink.subscribe, ehrLink.state)

/** An act that the EHR does for us, at most once in ten seconds. */
export interface EhrAct {
  act(): void
  /** Seconds until the EHR takes it again; 0: now. */
  readonly waitSeconds: number
}

export function useEhrAct(method: EhrMethod): EhrAct {
  useEhr()
  const [, tick] = useState(0)
  const waitSeconds = Math.ceil(ehrLink.waitMs(method) / 1000)
  const isWaiting = waitSeconds > 0
  useEffect(() => (isWaiting ? every(250, () => tick((turn) => turn + 1)) : undefined), [isWaiting])
  return { act: () => ehrLink.send(method), waitSeconds }
}

/** What a button says while the EHR would drop the message. */
export const waitWords = (seconds: number): string => `sent; available again in ${seconds} s`
