import type { AuditAction, AuditEntryView } from '@authscript/prior-auth'

export const actionNames: Readonly<Record<AuditAction, string>> = {
  view: 'Opened the chart',
  list: 'Saw a list with patients',
  change: 'Changed',
  approve: 'Approved',
  send: 'Sent',
  export: 'Saved as a file',
  print: 'Printed',
  sign_in: 'Signed in',
  sign_out: 'Signed out',
  settings: 'Changed settings',
  retention: 'Old rows were removed',
}

const refusedNames: Readonly<Record<AuditAction, string>> = {
  view: 'Was refused access to a chart',
  list: 'Was refused a list of patients',
  change: 'Was refused a change',
  approve: 'Was refused an approval',
  send: 'Was refused permission to send',
  export: 'Was refused a file',
  print: 'Was refused a printout',
  sign_in: 'Could not sign in',
  sign_out: 'Could not sign out',
  settings: 'Was refused a change of settings',
  retention: 'Old rows could not be removed',
}

/** Changes of people, keys and forms, by the first word of the row's detail. */
const settingNames: Readonly<Record<string, string>> = {
  proved_again: 'Confirmed their identity again',
  sessions_ended: 'Ended sessions',
  person_added: 'Added a person',
  person_renamed: 'Renamed a person',
  person_changed: 'Changed roles or practices of a person',
  person_disabled: 'Disabled a person',
  person_enabled: 'Enabled a person',
  password_changed: 'Changed a password',
  password_removed: 'Removed a password',
  devices_removed: 'Removed the passkeys of a person after a device was lost',
  link_made: 'Made a sign-in link',
  passkey_added: 'Added a passkey',
  passkey_removed: 'Removed a passkey',
  key_made: 'Made an API key',
  key_revoked: 'Revoked an API key',
  form_uploaded: 'Uploaded a form',
  form_changed: 'Changed a form',
  form_activated: 'Put a form into use',
  form_retired: 'Took a form out of use',
  form_deleted: 'Deleted a draft of a form',
}

/** What was done, in words. */
export function actionText({ action, outcome, detail }: AuditEntryView): string {
  if (outcome === 'refused') return refusedNames[action]
  if (action === 'send') return detail === 'chart' ? 'Sent to the chart' : 'Sent to the payer'
  // As it is recorded: `person_renamed ID: before → after`.
  const names = /^person_renamed \S+: (.+)$/.exec(detail ?? '')?.[1]
  if (names !== undefined) return `Renamed a person: ${names}`
  if (detail === 'audit') return 'Read this audit trail'
  if (detail === 'events') return 'Received live changes'
  if (action === 'export' && detail?.startsWith('audit') === true) return 'Saved this audit trail'
  return settingNames[detail?.split(' ')[0] ?? ''] ?? actionNames[action]
}

/** Who it was: by name, or what is known of them. */
export function personOf({ label, personId, address }: AuditEntryView): string {
  if (label !== null) return label
  if (personId !== null) return `Person ${personId}`
  return address === null ? 'The gateway' : 'Somebody unknown'
}
