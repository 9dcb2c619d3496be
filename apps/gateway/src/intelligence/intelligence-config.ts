import { z } from 'zod'
import { about, decimal, httpUrl, integer, key, list, text } from '../config/fields.ts'
import { type KeyRule, withRules } from '../config/key-rules.ts'
import { practiceList } from '../config/practice-ids.ts'

/** Any endpoint that speaks OpenAI's chat completions. */
const languageModel = about(
  z.strictObject({
    BaseUrl: key(httpUrl(), {
      effect: 'The address of the model, up to and without /chat/completions.',
    }),
    Name: key(text(), { effect: 'The model to ask, as the endpoint names it.' }),
    ApiKey: key(text().optional(), {
      secret: true,
      effect: 'Sent as a bearer token.',
    }),
    TimeoutSeconds: key(decimal(0.01, 600).default(20), {
      unit: 'seconds',
      effect:
        'The limit for everything that one order asks of the model; after it the order is analyzed by rules only. At most half of TaskOrchestrator.Resiliency.TimeoutIntervalSeconds.',
    }),
    MaxNoteCharacters: key(integer(100, 1_000_000).default(24_000), {
      unit: 'characters',
      effect: "How much of the notes one request carries, the encounter's own notes first.",
    }),
    MaxConcurrent: key(integer(1, 256).default(4), {
      unit: 'requests',
      effect: 'Requests to the model at once.',
    }),
    Practices: key(practiceList().default([]), {
      effect:
        'Ids of the practices that agreed to have parts of their notes sent to the model. Nothing of another practice is sent.',
    }),
  }),
  'An optional language model that points at passages for the rules to read. Without this section no model is asked.',
)

/** Variables of the intelligence service that the gateway has no key for: one environment may serve both processes. */
export const intelligenceServiceVariables: ReadonlySet<string> = new Set([
  'Intelligence__Host',
  'Intelligence__Port',
  'Intelligence__MaxBodyBytes',
])

export const intelligenceSection = about(
  withRules(
    z.strictObject({
      BaseUrl: key(httpUrl().optional(), {
        defaultText: 'not set: orders are analyzed in this process',
        effect: 'The intelligence service that analyzes orders instead of this process.',
      }),
      ApiKey: key(text().optional(), {
        secret: true,
        effect: 'Sent to the intelligence service as a bearer token.',
      }),
      TimeoutSeconds: key(decimal(0.01, 600).default(30), {
        unit: 'seconds',
        effect: 'The limit of one request to the intelligence service.',
      }),
      Contract: key(z.enum(['authscript', 'original']).default('authscript'), {
        effect:
          "What the service at `BaseUrl` speaks: our own POST /analyze, or the original's, whose claims count only when the chart supports them.",
      }),
      SwitchedOnPolicies: key(list().default([]), {
        effect:
          'Ids of policies that are off by default because one of their sources could not be verified.',
      }),
      PolicyDirectory: key(text().optional(), {
        range: 'a folder',
        effect:
          "The practice's own policies, one YAML or JSON file each. They replace ours with the same id.",
      }),
      Model: languageModel.optional(),
    }),
    {
      keys: ['BaseUrl', 'PolicyDirectory'],
      check: ({ BaseUrl, PolicyDirectory }) =>
        BaseUrl === undefined || PolicyDirectory === undefined
          ? []
          : [
              {
                key: 'PolicyDirectory',
                others: ['BaseUrl'],
                message:
                  'policies are read where orders are analyzed; set it for that service, or unset BaseUrl',
              },
            ],
    },
    {
      keys: ['BaseUrl', 'Model'],
      check: ({ BaseUrl, Model }) =>
        BaseUrl === undefined || Model === undefined
          ? []
          : [
              {
                key: 'Model',
                others: ['BaseUrl'],
                message:
                  'a model is asked only by a gateway that analyzes orders itself; unset BaseUrl',
              },
            ],
    },
    {
      keys: ['BaseUrl', 'Contract'],
      check: ({ BaseUrl, Contract }) =>
        BaseUrl !== undefined || Contract === 'authscript'
          ? []
          : [
              {
                key: 'Contract',
                message: 'it says what a service speaks, and no service is set; set BaseUrl too',
              },
            ],
    },
  ).prefault({}),
  'What analyzes orders: this process by rules, with or without a language model, or a service.',
)

interface ModelTime {
  readonly Intelligence: {
    readonly Model?: { readonly TimeoutSeconds: number } | undefined
  }
  readonly TaskOrchestrator: {
    readonly Resiliency: { readonly TimeoutIntervalSeconds: number }
  }
}

/** A model that does not answer must leave the attempt enough time to continue without it. */
export const fastEnoughModel: KeyRule<ModelTime> = {
  keys: ['Intelligence.Model', 'TaskOrchestrator.Resiliency.TimeoutIntervalSeconds'],
  check: ({ Intelligence: { Model }, TaskOrchestrator: { Resiliency } }) =>
    Model === undefined || Model.TimeoutSeconds <= Resiliency.TimeoutIntervalSeconds / 2
      ? []
      : [
          {
            key: 'Intelligence.Model.TimeoutSeconds',
            others: ['TaskOrchestrator.Resiliency.TimeoutIntervalSeconds'],
            message: 'may be at most half of TimeoutIntervalSeconds',
          },
        ],
}
