import type { PersonRow } from '../store/people.ts'
import { HttpProblem } from './problem.ts'
import type { RouteDependencies } from './routes.ts'

/**
 * A person whom the identity provider signs in has no other way to sign in: otherwise somebody who is disabled there could still sign in
 * here.
 *
 * @throws {HttpProblem} 403, while a provider is configured
 */
export function refuseProviderPerson(
  { issuer }: Pick<PersonRow, 'issuer'>,
  { oidc }: Pick<RouteDependencies, 'oidc'>,
): void {
  if (issuer !== null && oidc.name !== undefined)
    throw new HttpProblem(
      403,
      'person_from_provider',
      `this person signs in with ${oidc.name} only`,
    )
}
