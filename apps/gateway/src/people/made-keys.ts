import { randomBytes } from 'node:crypto'
import type { Role } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { KeyRow } from '../store/keys.ts'
import type { Store } from '../store/store.ts'
import { sha256 } from '../token.ts'
import type { Changer } from './change-people.ts'
import { labelFault, labelKey } from './names.ts'
import type { RecordSecurityEvent } from './security-events.ts'

export interface KeyToMake {
  readonly label: string
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
}

export type KeyOutcome =
  | { readonly outcome: 'done'; readonly row: KeyRow; readonly key: string }
  | { readonly outcome: 'refused'; readonly code: string; readonly detail: string }

export interface MadeKeysOptions {
  readonly store: Pick<Store, 'transaction'>
  readonly labelsOfKeys: readonly string[]
  readonly record: RecordSecurityEvent
  readonly clock: Pick<Clock, 'now'>
}

const refused = (code: string, detail: string) => ({ outcome: 'refused', code, detail }) as const

/** API keys that people make on the page. The key is shown once; its SHA-256 is kept. */
export class MadeKeys {
  readonly #options: MadeKeysOptions

  constructor(options: MadeKeysOptions) {
    this.#options = options
  }

  async make({ label, roles, practiceIds }: KeyToMake, by: Changer): Promise<KeyOutcome> {
    const { store, labelsOfKeys, record, clock } = this.#options
    const fault = labelFault(label)
    if (fault !== undefined) return refused('person_invalid', fault)
    const taken = refused(
      'label_taken',
      'a key or a person has this name already, or had it; choose another, because history shows it',
    )
    if (labelsOfKeys.some((other) => labelKey(other) === labelKey(label))) return taken
    const key = randomBytes(32).toString('base64url')
    const keySha256 = sha256(key)
    const made = { label, labelKey: labelKey(label), keySha256, roles, practiceIds }
    return store.transaction('People', async (transaction) => {
      const row = await transaction.keys.add({ ...made, madeBy: by.actor.label }, clock.now())
      if (row === 'label_taken') return taken
      await record({ kind: 'key_made', subjectId: row.key_id, practiceIds, ...by }, transaction)
      return { outcome: 'done', row, key }
    })
  }

  /** At once: its sessions and streams end within a heartbeat. False when it is unknown or revoked already. */
  async revoke(keyId: string, by: Changer): Promise<boolean> {
    const { store, record, clock } = this.#options
    return store.transaction('People', async (transaction) => {
      const row = await transaction.keys.revoke(keyId, by.actor.label, clock.now())
      if (row === undefined) return false
      const practiceIds = row.practice_ids
      await record({ kind: 'key_revoked', subjectId: keyId, practiceIds, ...by }, transaction)
      return true
    })
  }
}
