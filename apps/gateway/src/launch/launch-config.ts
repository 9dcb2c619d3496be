import { role } from '@authscript/prior-auth'
import { z } from 'zod'
import {
  about,
  httpUrl,
  key,
  list,
  listOf,
  matching,
  optionalText,
  text,
} from '../config/fields.ts'
import type { KeyRule, RuleFault } from '../config/key-rules.ts'
import { isUnencrypted } from '../config/loopback.ts'
import { practiceList, practiceText } from '../config/practice-ids.ts'

const frameHost = () =>
  matching(
    /^https?:\/\/(?:\*\.)?[A-Za-z0-9.-]+(?::\d{1,5})?$/,
    'an origin, like https://ehr.example; https://*.ehr.example stands for every host under it',
  )

const issuer = z.strictObject({
  FhirBaseUrl: key(httpUrl(), {
    effect:
      "The EHR's FHIR server, as its launches name it in `iss`. Launches from any other are refused, and no request is sent to another address. Over http:// only on this machine.",
  }),
  ClientId: key(text(), {
    effect: 'The client id that the EHR gave the app in which people sign in.',
  }),
  ClientSecret: key(optionalText(), {
    secret: true,
    defaultText: 'not set: the key in `Ehr.PrivateKeyFile` signs',
    effect: 'The secret of that client.',
  }),
  ClientAuthentication: key(
    z.enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt']).optional(),
    {
      defaultText: 'not set: client_secret_basic with a secret, else private_key_jwt',
      effect: 'How the gateway authenticates at the token endpoint.',
    },
  ),
  PracticeId: key(practiceText().optional(), {
    effect: 'The practice whose charts are opened from this EHR.',
  }),
  PracticeIds: key(practiceList().default([]), {
    effect:
      "The practices, where one address serves several, as athenahealth's does: a launch opens the one that the ids of its chart name, and is refused where they name none of these.",
  }),
  Scopes: key(list().default(['openid', 'fhirUser', 'profile']), {
    effect:
      'The scopes of a sign-in, besides `launch`. No scope for charts is needed: they are read as the section `Ehr` says.',
  }),
  IdTokenIssuer: key(httpUrl().optional(), {
    defaultText: "not set: as the EHR's SMART configuration says",
    effect: 'The `iss` of id tokens, where the EHR does not name it.',
  }),
  FrameHosts: key(listOf(frameHost()).default([]), {
    effect:
      'The origins of the pages in which the EHR shows apps. Only these, and our own, may show AuthScript in a frame.',
  }),
  NewPeopleRoles: key(listOf(role).default([]), {
    effect:
      'The roles of a person who comes from this EHR for the first time and is added, in this practice. Empty: people who are not known here are refused.',
  }),
})

export const launchSection = about(
  z
    .strictObject({
      Issuers: key(z.array(issuer).default([]), {
        effect: 'The EHRs from which people open AuthScript. Needs `Http.PublicUrl`.',
      }),
    })
    .prefault({}),
  'Opening AuthScript inside an EHR (SMART App Launch). The EHR needs our launch URL, `/launch` under `Http.PublicUrl`, and our redirect URL, `/launch/callback`.',
)

/** The keys of other sections that the rule reads. */
interface ConfigWithLaunch {
  readonly Http: { readonly PublicUrl?: string | undefined }
  readonly Ehr: { readonly PrivateKeyFile?: string | undefined }
  readonly Launch: z.infer<typeof launchSection>
}

/** Cookies in a frame need TLS, each EHR is configured once, and each needs a secret or a key. */
export const usableLaunch: KeyRule<ConfigWithLaunch> = {
  keys: ['Launch', 'Http.PublicUrl', 'Ehr.PrivateKeyFile'],
  check({ Http, Ehr, Launch }): readonly RuleFault[] {
    const { Issuers } = Launch
    if (Issuers.length === 0) return []
    const { PublicUrl } = Http
    const address =
      PublicUrl !== undefined && !isUnencrypted(PublicUrl)
        ? []
        : [
            {
              key: 'Http.PublicUrl',
              message:
                'launches from an EHR need it, with https: browsers keep no cookies of a frame without TLS',
            },
          ]
    const first = new Map<string, number>()
    return [
      ...address,
      ...Issuers.flatMap((one, index): readonly RuleFault[] => {
        const at = `Launch.Issuers.${index}`
        const base = one.FhirBaseUrl.replace(/\/$/, '').toLowerCase()
        const before = first.get(base)
        if (before === undefined) first.set(base, index)
        return [
          ...(before === undefined
            ? []
            : [
                {
                  key: `${at}.FhirBaseUrl`,
                  others: [`Launch.Issuers.${before}.FhirBaseUrl`],
                  message: 'each EHR is configured once; name its practices in PracticeIds',
                },
              ]),
          ...(isUnencrypted(one.FhirBaseUrl)
            ? [
                {
                  key: `${at}.FhirBaseUrl`,
                  message: 'people would sign in over plain HTTP; use https',
                },
              ]
            : []),
          ...practiceFaults(one, at),
          ...credentialFaults(one, at, Ehr.PrivateKeyFile !== undefined),
        ]
      }),
    ]
  },
}

function practiceFaults(
  { PracticeId, PracticeIds }: z.infer<typeof issuer>,
  at: string,
): readonly RuleFault[] {
  const isNamed = PracticeId !== undefined || PracticeIds.length > 0
  if (isNamed && (PracticeId === undefined || PracticeIds.length === 0)) return []
  return [
    {
      key: `${at}.PracticeId`,
      others: [`${at}.PracticeIds`],
      message: isNamed ? 'name the practices once, in one of the two' : 'name a practice',
    },
  ]
}

function credentialFaults(
  { ClientSecret, ClientAuthentication }: z.infer<typeof issuer>,
  at: string,
  hasKey: boolean,
): readonly RuleFault[] {
  const others = [`${at}.ClientAuthentication`]
  const usesKey =
    ClientAuthentication === 'private_key_jwt' ||
    (ClientAuthentication === undefined && ClientSecret === undefined)
  if (usesKey)
    return hasKey
      ? []
      : [
          {
            key: `${at}.ClientSecret`,
            others,
            message: 'set it, or Ehr.PrivateKeyFile for private_key_jwt',
          },
        ]
  return ClientSecret === undefined
    ? [{ key: `${at}.ClientSecret`, others, message: `${ClientAuthentication} needs it` }]
    : []
}
