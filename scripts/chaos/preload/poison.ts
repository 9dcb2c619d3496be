import { subscribe } from 'node:diagnostics_channel'

/**
 * Loaded before the gateway: a process that asks the EHR for the encounter `CHAOS_POISON` by its id, as the first step of processing
 * does, kills itself. What an encounter does whose chart ends every process that reads it.
 */

const poison = process.env['CHAOS_POISON'] ?? ''

subscribe('undici:request:create', (message) => {
  const { request } = message as { request: { method: string; path: string } }
  if (poison !== '' && request.path.includes(`/Encounter/${poison}`))
    process.kill(process.pid, 'SIGKILL')
})
