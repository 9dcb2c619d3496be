import type { Answer } from '../fhir/answer.ts'
import type { ResourceStore } from '../fhir/resource-store.ts'

/** Department 1 exists in every practice; others are Organizations with that name. */
export function departmentFaultOf(
  store: ResourceStore,
  practiceId: string,
  departmentid: string | null,
): Answer | undefined {
  if (departmentid === null || departmentid.trim() === '')
    return json(400, {
      error: 'Additional fields are required.',
      missingfields: ['departmentid'],
    })
  const exists =
    departmentid === '1' ||
    store.find(practiceId, 'Organization', `a-${practiceId}.Department-${departmentid}`) !==
      undefined
  return exists ? undefined : json(400, { error: 'The department does not exist.' })
}

export function json(status: number, body: unknown): Answer {
  return {
    status,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  }
}

/** The API gateway in front of athenaNet answers without JSON. */
export function page(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    body: `<h1>${text}</h1>`,
    headers: { 'content-type': 'text/html', ...headers },
  }
}
