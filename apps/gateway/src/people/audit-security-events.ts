import type { AuditAction } from '@authscript/prior-auth'
import type { RecordSecurityEvent, SecurityEvent, SecurityEventKind } from './security-events.ts'

const actions: Readonly<Record<SecurityEventKind, AuditAction>> = {
  signed_in: 'sign_in',
  sign_in_refused: 'sign_in',
  proved_again: 'sign_in',
  signed_out: 'sign_out',
  sessions_ended: 'sign_out',
  logout_refused: 'sign_out',
  person_added: 'settings',
  person_changed: 'settings',
  person_renamed: 'settings',
  person_disabled: 'settings',
  person_enabled: 'settings',
  password_changed: 'settings',
  password_removed: 'settings',
  link_made: 'settings',
  devices_removed: 'settings',
  passkey_added: 'settings',
  passkey_removed: 'settings',
  key_made: 'settings',
  key_revoked: 'settings',
}

/** Records each in the audit trail, in the transaction of what it reports. */
export const auditSecurityEvents: RecordSecurityEvent = async (event, transaction) => {
  const { kind, actor, subjectId, practiceIds = [], origin } = event
  // A refused sign-in is recorded for the person with the typed login; for nobody if there is no such person.
  const claimed = kind === 'sign_in_refused' && subjectId !== undefined
  const personId = claimed ? subjectId : actor?.personId
  transaction.actedFor(
    {
      ...(actor === undefined && !claimed ? {} : { personId: personId ?? null }),
      ...(actor === undefined ? {} : { label: actor.label }),
      address: origin.address ?? null,
      requestId: origin.requestId ?? null,
    },
    {
      action: actions[kind],
      outcome: kind === 'sign_in_refused' || kind === 'logout_refused' ? 'refused' : 'done',
      detail: detailOf(event),
      practiceIds,
    },
  )
}

function detailOf({ kind, subjectId, method, code, names }: SecurityEvent): string | undefined {
  if (kind === 'signed_in' || kind === 'signed_out') return method
  if (kind === 'sign_in_refused' || kind === 'logout_refused') return code
  if (names !== undefined) return `${kind} ${subjectId}: ${names.before} → ${names.after}`
  return subjectId === undefined ? kind : `${kind} ${subjectId}`
}
