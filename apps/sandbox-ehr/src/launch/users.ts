import { stringsAt } from '../fhir/resource.ts'
import type { ResourceStore } from '../fhir/resource-store.ts'

/** Somebody who works with the EHR: a Practitioner of a practice. */
export interface EhrUser {
  readonly practiceId: string
  readonly userId: string
  readonly name: string
}

/** Everybody who can sign in to the EHR. */
export function usersOf(store: ResourceStore, practiceId?: string): readonly EhrUser[] {
  return [...store.all('Practitioner')]
    .filter((stored) => practiceId === undefined || stored.practiceId === practiceId)
    .map((stored) => ({
      practiceId: stored.practiceId,
      userId: stored.id,
      name: nameOf(store.read(stored)) ?? stored.id,
    }))
}

function nameOf(practitioner: Parameters<typeof stringsAt>[0]): string | undefined {
  const [text] = stringsAt(practitioner, 'name.text')
  if (text !== undefined) return text
  const parts = [
    ...stringsAt(practitioner, 'name.given'),
    ...stringsAt(practitioner, 'name.family'),
  ]
  return parts.length === 0 ? undefined : parts.join(' ')
}
