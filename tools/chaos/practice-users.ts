import { createHash, randomBytes } from 'node:crypto'
import type { GeneratedEncounter } from '../sandbox/generated-charts.ts'
import { waitUntil } from './wait-until.ts'

/**
 * Simulates the people and programs of a practice: they register encounters and approve forms, and repeat each request until the
 * gateway acknowledges it. Nothing that was acknowledged may be lost.
 */
export class PracticeUsers {
  readonly key = randomBytes(24).toString('base64url')
  readonly #addresses: () => readonly string[]
  /** Registrations that were acknowledged. */
  readonly registered: GeneratedEncounter[] = []
  /** Approvals that were acknowledged, by work item. */
  readonly approved = new Set<string>()

  /** @param addresses of the nodes that are ready now */
  constructor(addresses: () => readonly string[]) {
    this.#addresses = addresses
  }

  /** For `Auth.Credentials` of the gateway's configuration. */
  get credential() {
    return {
      Label: 'chaos users',
      KeySha256: createHash('sha256').update(this.key).digest('hex'),
      Roles: ['clinician', 'staff', 'service', 'operator'],
      Practices: ['195900'],
    }
  }

  async register(encounter: GeneratedEncounter): Promise<void> {
    const { practiceId, patientId, encounterId } = encounter
    await waitUntil(`the registration of ${encounterId}`, async () => {
      const response = await this.#ask('/api/patients/register', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ practiceId, patientId, encounterId }),
      })
      return response?.status === 200 ? true : undefined
    })
    this.registered.push(encounter)
  }

  /** Approves every form that waits for approval. Requests that fail are left for the next call. */
  async approveAll(): Promise<void> {
    for (const review of ['ready_for_review', 'missing_data', 'requirements_not_met']) {
      const page = await this.#ask(`/api/work-items?limit=200&review=${review}`)
      if (page?.status !== 200) return
      const { items } = (await page.json().catch(() => ({ items: [] }))) as {
        items: { workItemId: string; version: number; hasForm: boolean }[]
      }
      for (const { workItemId, version, hasForm } of items) {
        if (!hasForm) continue
        const answer = await this.#ask(`/api/work-items/${workItemId}/approve`, {
          method: 'POST',
          headers: { 'if-match': `"${version}"`, 'content-type': 'application/json' },
          body: JSON.stringify({ reason: 'checked against the chart' }),
        })
        if (answer?.status === 202) this.approved.add(workItemId)
      }
    }
  }

  /**
   * Decides about each form that may be in the chart, as a coordinator does after looking there. `findInChart` returns the number of the
   * document of an approval (`<work item>.v<version>`), undefined if there is none.
   */
  async decideAll(findInChart: (approval: string) => Promise<string | undefined>): Promise<void> {
    const page = await this.#ask('/api/work-items?limit=200&review=approved')
    if (page?.status !== 200) return
    const { items } = (await page.json().catch(() => ({ items: [] }))) as {
      items: { workItemId: string; version: number; needsDecision: boolean }[]
    }
    for (const { workItemId, version, needsDecision } of items) {
      if (!needsDecision) continue
      const item = await this.#ask(`/api/work-items/${workItemId}`)
      if (item?.status !== 200) continue
      const { writeBack } = (await item.json()) as {
        writeBack: { sent: { identifier: string } | null } | null
      }
      const documentId = await findInChart(writeBack?.sent?.identifier ?? '')
      await this.#ask(`/api/work-items/${workItemId}/write-back/resolve`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'if-match': `"${version}"` },
        body: JSON.stringify(
          documentId === undefined
            ? { decision: 'send_again' }
            : { decision: 'present', documentId },
        ),
      })
    }
  }

  /** Sends a request to each node in turn until one answers; undefined if none does. */
  async #ask(path: string, init: RequestInit = {}): Promise<Response | undefined> {
    for (const address of this.#addresses()) {
      try {
        return await fetch(`${address}${path}`, {
          ...init,
          headers: { 'x-api-key': this.key, ...init.headers },
          signal: AbortSignal.timeout(10_000),
        })
      } catch {
        // The node is down: try the next one.
      }
    }
    return undefined
  }
}
