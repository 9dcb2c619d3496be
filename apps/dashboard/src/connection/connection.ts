import { useSyncExternalStore } from 'react'
import { every, now } from '../clock.ts'
import { openStreamLink } from './stream-link.ts'
import { Connection, type ConnectionState } from './tab-connection.ts'

export const connection = new Connection({
  now,
  every,
  openLink: openStreamLink,
  watchPage({ onSeen, onHidden }) {
    const look = () => {
      if (!document.hidden) onSeen()
    }
    const hide = ({ persisted }: PageTransitionEvent) => onHidden(persisted)
    window.addEventListener('online', look)
    window.addEventListener('pagehide', hide)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.removeEventListener('online', look)
      window.removeEventListener('pagehide', hide)
      document.removeEventListener('visibilitychange', look)
    }
  },
  onceShown: (work) => window.addEventListener('pageshow', work, { once: true }),
})

export function useConnection(): ConnectionState {
  return useSyncExternalStore(connection.watch, connection.state)
}

/** False while the gateway cannot be reached: controls that change something are disabled. */
export function useIsConnected(): boolean {
  const { status } = useConnection()
  return status === 'live' || status === 'connecting'
}
