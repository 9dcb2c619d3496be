import { useEffect, useState, useSyncExternalStore } from 'react'
import { every } from '../clock.ts'
import type { EhrState } from './ehr-link.ts'
import type { EhrMethod } from './ehr-messages.ts'
import { ehrLink } from './this-window.ts'

export const useEhr = (): EhrState => useSyncExternalStore(ehrLink.subscribe, ehrLink.state)

/** A request to the EHR's page, which it accepts at most once in ten seconds. */
export interface EhrAct {
  act(): void
  /** Seconds until the EHR accepts it again; 0: now. */
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

/** The text of a button while the EHR would ignore the message. */
export const waitWords = (seconds: number): string => `sent; available again in ${seconds} s`
