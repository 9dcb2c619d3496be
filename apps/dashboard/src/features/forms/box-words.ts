import type { FormBox, FormRoleView, MappedBox } from '@authscript/prior-auth'
import { isStarred, plainRole } from './required-roles.ts'

/** What a box is for, in words. */
export function roleWords(roles: readonly FormRoleView[], entry: MappedBox | undefined): string {
  if (entry === undefined || entry.role === null) return 'not filled'
  const plain = plainRole(entry.role)
  const label = roles.find(({ role }) => role === plain)?.label ?? plain
  return isStarred(entry.role) ? `${label} (required)` : label
}

/** The form's name for a box: its tooltip says more than its field name. */
export function titleOf({ tooltip, name }: Pick<FormBox, 'tooltip' | 'name'>): string {
  return tooltip ?? name
}

const kindWords: Partial<Record<FormBox['kind'], string>> = {
  'check boxes': 'check boxes, of which one is ticked',
  'radio group': 'buttons, of which one is chosen',
  'yes or no': 'a box for yes and one for no',
}

/** Where it is, and what it holds. */
export function boxFacts({ kind, places, maxLength, options }: FormBox): string {
  const pages = [...new Set(places.map(({ page }) => page))]
  return [
    kindWords[kind] ?? kind,
    pages.length === 0 ? 'on no page' : `page ${pages.join(', ')}`,
    ...(maxLength === null ? [] : [`at most ${maxLength} characters`]),
    ...(options.length === 0 ? [] : [`options: ${options.join(', ')}`]),
  ].join(', ')
}
