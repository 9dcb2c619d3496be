import type { AuditAction, AuditEntryView } from '@authscript/prior-auth'

const dicom = 'http://dicom.nema.org/resources/ontology/DCM'
const entityType = 'http://terminology.hl7.org/CodeSystem/audit-entity-type'
const objectRole = 'http://terminology.hl7.org/CodeSystem/object-role'

/** DICOM's classes of audit events, and what was done to the data (C, R, U, D, E). */
const kinds: Readonly<
  Record<
    AuditAction,
    { readonly code: string; readonly display: string; readonly action: 'R' | 'U' | 'E' | 'D' }
  >
> = {
  view: { code: '110110', display: 'Patient Record', action: 'R' },
  list: { code: '110112', display: 'Query', action: 'R' },
  change: { code: '110110', display: 'Patient Record', action: 'U' },
  approve: { code: '110110', display: 'Patient Record', action: 'U' },
  send: { code: '110106', display: 'Export', action: 'R' },
  export: { code: '110106', display: 'Export', action: 'R' },
  print: { code: '110106', display: 'Export', action: 'R' },
  sign_in: { code: '110114', display: 'User Authentication', action: 'E' },
  sign_out: { code: '110114', display: 'User Authentication', action: 'E' },
  settings: { code: '110113', display: 'Security Alert', action: 'E' },
  retention: { code: '110101', display: 'Audit Log Used', action: 'D' },
}

/** Login and logout have codes of their own. */
const subtypes: Readonly<Partial<Record<AuditAction, readonly [code: string, display: string]>>> = {
  sign_in: ['110122', 'Login'],
  sign_out: ['110123', 'Logout'],
  settings: ['110136', 'Security Roles Changed'],
}

/** Ours, for what has no code in DICOM. */
const ours = 'urn:authscript:audit-action'

/**
 * One row of the audit trail as a FHIR R4 AuditEvent.
 *
 * @see https://hl7.org/fhir/R4/auditevent.html
 */
export function toAuditEvent(row: AuditEntryView): object {
  const { code, display, action } = kinds[row.action]
  const subtype = subtypes[row.action]
  const entities = [
    ...row.patientIds.map((patientId) => ({
      what: { reference: `Patient/${patientId}` },
      type: { system: entityType, code: '1', display: 'Person' },
      role: { system: objectRole, code: '1', display: 'Patient' },
    })),
    ...row.encounterIds.map((encounterId) => ({
      what: { reference: `Encounter/${encounterId}` },
      type: { system: entityType, code: '2', display: 'System Object' },
      role: { system: objectRole, code: '4', display: 'Domain Resource' },
    })),
    ...row.workItemIds.map((value) => ({
      what: { identifier: { system: 'urn:authscript:work-item', value } },
      type: { system: entityType, code: '2', display: 'System Object' },
      role: { system: objectRole, code: '20', display: 'Job' },
    })),
    {
      what: { identifier: { system: 'urn:authscript:audit-hash', value: row.hash } },
      type: { system: entityType, code: '2', display: 'System Object' },
      role: { system: objectRole, code: '13', display: 'Security Resource' },
      detail: [
        { type: 'count', valueString: String(row.count) },
        ...detailOf('detail', row.detail),
        ...detailOf('operation', row.operation),
        ...detailOf('request', row.requestId),
      ],
    },
  ]
  return {
    resourceType: 'AuditEvent',
    id: `audit-${row.sequence}`,
    type: { system: dicom, code, display },
    subtype: [
      ...(subtype === undefined ? [] : [{ system: dicom, code: subtype[0], display: subtype[1] }]),
      { system: ours, code: row.action },
    ],
    action,
    recorded: row.occurredAt,
    outcome: row.outcome === 'done' ? '0' : '4',
    agent: [agentOf(row)],
    source: {
      ...(row.practiceIds.length === 0 ? {} : { site: row.practiceIds.join(' ') }),
      observer: { display: 'AuthScript Gateway' },
      type: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/security-source-type',
          code: '4',
          display: 'Application Server',
        },
      ],
    },
    entity: entities,
  }
}

function agentOf({ personId, label, roles, address }: AuditEntryView): object {
  const who = {
    ...(personId === null
      ? {}
      : { identifier: { system: 'urn:authscript:person', value: personId } }),
    display: label ?? (personId === null ? 'unknown' : 'a person'),
  }
  return {
    who,
    ...(label === null ? {} : { name: label }),
    ...(roles.length === 0 ? {} : { role: roles.map((text) => ({ text })) }),
    requestor: true,
    ...(address === null ? {} : { network: { address, type: '2' } }),
  }
}

function detailOf(type: string, value: string | null) {
  return value === null || value === '' ? [] : [{ type, valueString: value }]
}
