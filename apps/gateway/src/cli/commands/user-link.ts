import { GatewayError } from '../../errors.ts'
import { comparable } from '../../launch/ehr-issuer.ts'
import { isPractitioner, parseFhirUser } from '../../launch/fhir-user.ts'
import { defineCommand, UsageError } from '../command.ts'
import { configOption } from '../database-command.ts'
import { runOnPeople } from '../people-command.ts'

/** Another person has this user of the EHR. Nothing was changed. */
class UserLinkedError extends GatewayError {
  override readonly name = 'UserLinkedError'
  readonly code = 'ehr_user_linked'
  readonly kind = 'permanent'

  constructor(user: string) {
    super(`${user} is linked to another person; unlink that one first, with --remove`)
  }
}

export const userLink = defineCommand({
  name: 'user link',
  description: `Links a person to a user of an EHR, so that they can open AuthScript from a chart. The first account that signs in as this user belongs to the person from then on.`,
  positionals: [{ name: 'LOGIN', description: 'whom to link' }],
  options: {
    ehr: {
      type: 'string',
      placeholder: 'URL',
      description: "the EHR's FHIR server, as in Launch__Issuers__0__FhirBaseUrl",
    },
    user: {
      type: 'string',
      placeholder: 'Practitioner/ID',
      description: 'the user in the EHR',
    },
    remove: {
      type: 'boolean',
      description: 'remove what links the person to this EHR; open sessions stay',
    },
    ...configOption,
  },
  examples: [
    'authscript user link j.ruiz --ehr https://ehr.example/fhir/r4 --user Practitioner/123',
    'authscript user link j.ruiz --ehr https://ehr.example/fhir/r4 --remove',
  ],
  async run({ ehr, user, remove, config }, [login = ''], terminal) {
    const fhirBaseUrl = comparable(ehr ?? '')
    if (fhirBaseUrl === undefined) throw new UsageError('--ehr: the address of a FHIR server')
    if (remove === true) {
      return runOnPeople('user link', config, terminal, async ({ store, find }) => {
        const person = await find(login)
        const count = await store.ehrIdentities.unlink(person.person_id, fhirBaseUrl)
        return count === 0
          ? `${person.login} was not linked to this EHR`
          : `${person.login} is no longer linked to this EHR`
      })
    }
    const parsed = parseFhirUser(user ?? '', fhirBaseUrl)
    if (parsed === undefined || !isPractitioner(parsed))
      throw new UsageError('--user: somebody who works there, like Practitioner/123')
    const fhirUser = `${parsed.type}/${parsed.id}`
    return runOnPeople('user link', config, terminal, async ({ store, by, find }) => {
      const { person_id: personId, login: linked } = await find(login)
      const identity = { personId, fhirBaseUrl, fhirUser, linkedBy: by.actor.label }
      const link = await store.ehrIdentities.link(identity, new Date())
      if (link === undefined) {
        const known = await store.ehrIdentities.findByUser(fhirBaseUrl, fhirUser)
        if (known?.person_id !== personId) throw new UserLinkedError(fhirUser)
      }
      return `${linked}: ${fhirUser} of ${fhirBaseUrl}`
    })
  },
})
