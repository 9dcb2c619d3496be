import { createHash, randomBytes } from 'node:crypto'
import type { GeneratedVisit } from '../sandbox/generated-charts.ts'
import { until } from './wait-until.ts'

/**
 * The people and programs of a practice, as the campaign plays them: they register visits, approve forms, and keep at it until the
 * gateway has said yes. What it said yes to is what it owes.
 */
export class PracticeStaff {
  readonly key = randomBytes(24).toString('base64url')
  readonly #addresses: () => readonly string[]
  /** Registrations that were acknowledged. */
  readonly registered: GeneratedVisit[] = []
  /** Approvals that were acknowledged, by work item. */
  readonly approved = new Set<string>()

  /** @param addresses the nodes that serve at this moment */
  constructor(addresses: () => readonly string[]) {
    this.#addresses = addresses
  }

  /** For `Auth.Credentials` of the gateway's configuration. */
  get credential() {
    return {
      Label: 'chaos staff',
      KeySha256: createHash('sha256').update(this.key).digest('hex'),
      Roles: ['clinician', 'staff', 'service', 'operator'],
      Practices: ['195900'],
    }
  }

  async register(visit: GeneratedVisit): Promise<void> {
    const { practiceId, patientId, encounterId } = visit
    await until(`the registration of ${encounterId}`, async () => {
      const response = await this.#ask('/api/patients/register', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ practiceId, patientId, encounterId }),
      })
      return response?.status === 200 ? true : undefined
    })
    this.registered.push(visit)
  }

  /** Approves every form that is open for it; what cannot be asked now is left for the next time. */
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
          headers: { 'if-match': `"${version}"` },
        })
        if (answer?.status === 202) this.approved.add(workItemId)
      }
    }
  }

  /**
   * Decides about each form that may be in the chart, as a coordinator does who looks there: `findInChart` gives the number of the document of an approval
   * (`<work item>.v<version>`), undefined where there is none.
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

  /** One question to each node in turn until one answers; undefined when none does. */
  async #ask(path: string, init: RequestInit = {}): Promise<Response | undefined> {
    for (const address of this.#addresses()) {
      try {
        return await fetch(`${address}${path}`, {
          ...init,
          headers: { 'x-api-key': this.key, ...init.headers },
          signal: AbortSignal.timeout(10_000),
        })
      } catch {
        // It died, or is dying: the next one.
      }
    }
    return undefined
  }
}
