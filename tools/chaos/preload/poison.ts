import { subscribe } from 'node:diagnostics_channel'

/**
 * Loaded before the gateway: a process that requests the patient `CHAOS_POISON` from the EHR kills itself. Processing requests the
 * patient, polling does not. This simulates an encounter whose chart crashes every process that reads it.
 */

const poison = process.env['CHAOS_POISON'] ?? ''

subscribe('undici:request:create', (message) => {
  const { request } = message as { request: { method: string; path: string } }
  if (poison !== '' && request.path.split('?')[0]?.endsWith(`/Patient/${poison}`))
    process.kill(process.pid, 'SIGKILL')
})
