import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface SandboxProcess {
  readonly baseUrl: string
  stop(): void
}

/** Starts the sandbox EHR in its own process, so that it uses none of the memory and CPU time that is measured. Serves the FHIR files of `data`. */
export async function startSandboxProcess(data: string, pageSize: number): Promise<SandboxProcess> {
  const main = fileURLToPath(new URL('../../apps/sandbox-ehr/src/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, '--data', data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, Sandbox__PageSize: String(pageSize) },
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const baseUrl = /^sandbox EHR .*?on (http\S+)/.exec(line)?.[1]
    if (baseUrl === undefined) continue
    child.stdout.resume()
    return { baseUrl, stop: () => void child.kill('SIGTERM') }
  }
  throw new Error('the sandbox EHR did not start; see above')
}
