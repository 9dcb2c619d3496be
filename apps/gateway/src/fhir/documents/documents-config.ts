import { z } from 'zod'
import { about, flag, httpUrl, key, listOf, matching } from '../../config/fields.ts'
import { athenaDocumentClasses } from './document-settings.ts'

const asProfile = 'not set: as the profile says'

const token = () => matching(/^(?:[^|\s]+\|)?[^|\s]+$/, 'a code, or system|code')
const reference = () =>
  matching(/^[A-Z][A-Za-z]+\/[A-Za-z0-9\-._]{1,128}$/, 'a reference, like Organization/12')
const title = () => z.string().min(1).max(200)

export const documentsSection = about(
  z
    .strictObject({
      Writer: key(z.enum(['profile', 'fhir', 'athena_v1']).default('profile'), {
        effect:
          "fhir: as a DocumentReference. athena_v1: by athenahealth's own API. profile: as the profile of the EHR says.",
      }),
      Title: key(title().optional(), {
        defaultText: asProfile,
        effect: 'The title of the document in the chart.',
      }),
      Type: key(token().optional(), {
        defaultText: asProfile,
        effect: 'The type of the DocumentReference. none: text alone.',
      }),
      TypeText: key(title().optional(), {
        defaultText: asProfile,
        effect: 'The type of the DocumentReference in words.',
      }),
      Category: key(listOf(token()).optional(), {
        defaultText: asProfile,
        effect: 'Categories of the DocumentReference. none: no category.',
      }),
      DocStatus: key(z.enum(['preliminary', 'final']).optional(), {
        defaultText: asProfile,
        effect: '`docStatus` of the DocumentReference.',
      }),
      Format: key(token().optional(), {
        defaultText: asProfile,
        effect: '`content.format` of the DocumentReference.',
      }),
      Author: key(reference().optional(), {
        defaultText: asProfile,
        effect: '`author` of the DocumentReference.',
      }),
      Custodian: key(reference().optional(), {
        defaultText: asProfile,
        effect: '`custodian` of the DocumentReference.',
      }),
      Class: key(z.enum(athenaDocumentClasses).default('admin'), {
        effect: 'athena_v1: which list of documents the form goes to.',
      }),
      Subclass: key(
        matching(/^[A-Z_]{1,64}$/, 'a document subclass, like ADMIN_REFERRAL').optional(),
        { effect: 'athena_v1: the subclass of the document.' },
      ),
      AutoClose: key(flag().default(true), {
        effect:
          'athena_v1: true closes the document at once, so that nobody at the practice has to do it. false leaves it in the inbox.',
      }),
      Priority: key(z.enum(['1', '2']).optional(), {
        effect: 'athena_v1: the priority of the document.',
      }),
      DepartmentId: key(matching(/^\d{1,9}$/, 'a department number').optional(), {
        defaultText: 'not set: the department of the encounter',
        effect: 'athena_v1: the department that the document is filed under.',
      }),
      V1BaseUrl: key(httpUrl().optional(), {
        defaultText: 'not set: FhirBaseUrl with /v1/ in place of /fhir/r4/',
        effect: "athena_v1: the address of athenahealth's own API.",
      }),
    })
    .prefault({}),
  'How approved forms are written to the chart.',
)
