import type { FieldRole } from './map/field-role.ts'

/** The text that says why a service is needed. */
export const narrative = 'clinical.narrative'

export function isNarrative(role: FieldRole): boolean {
  return role.kind === 'text' && role.role === narrative
}

/** Boxes of one look: a column of a table, or every box outside of tables. */
export function groupOf(role: FieldRole): { readonly group: string; readonly isColumn: boolean } {
  return role.kind === 'row' || role.kind === 'criterion'
    ? { group: `${role.kind} ${role.part}`, isColumn: true }
    : { group: 'text', isColumn: false }
}

/** 0 for every other box. */
export function questionRowOf(role: FieldRole): number {
  return role.kind === 'criterion' ? role.row : 0
}
