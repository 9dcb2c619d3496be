import { subscribe } from 'node:diagnostics_channel'

/**
 * Loaded before the gateway: a process that asks the EHR for the patient `CHAOS_POISON` kills itself. Processing asks for it, polling
 * does not: what an encounter does whose chart ends every process that reads it.
 */

const poison = process.env['CHAOS_POISON'] ?? ''

subscribe('undici:request:create', (message) => {
  const { request } = message as { request: { method: string; path: string } }
  if (poison !== '' && request.path.split('?')[0]?.endsWith(`/Patient/${poison}`))
    process.kill(process.pid, 'SIGKILL')
})
