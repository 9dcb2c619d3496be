/**
 * Brain, nerves and headache. Read in the CDC order file of FY2026: G30, G35 (split that year), G40-G50.9, I60-I62, S06.0X9-XA. The rest,
 * and all first days, are from memory of the yearly addenda.
 */
export const neurology = `
B02 herpes zoster
B02.0 zoster encephalitis
B02.1 zoster meningitis
B02.2 zoster with other nervous system involvement
B02.21 postherpetic geniculate ganglionitis
B02.22 postherpetic trigeminal neuralgia
B02.23 postherpetic polyneuropathy
B02.24 postherpetic myelitis
B02.29 other postherpetic nervous system involvement
B02.3+ zoster of the eye
B02.7 disseminated zoster
B02.8 zoster with other complications
B02.9 zoster without complications
F01 vascular dementia
F01.5 vascular dementia, severity unspecified
F01.50 vascular dementia without disturbance
F01.51 vascular dementia with behavioral disturbance
F01.511 vascular dementia with agitation @2022-10-01
F01.518 vascular dementia with other behavioral disturbance @2022-10-01
F01.52 vascular dementia with psychotic disturbance @2022-10-01
F01.53 vascular dementia with mood disturbance @2022-10-01
F01.54 vascular dementia with anxiety @2022-10-01
F01.A<dementia> mild vascular dementia @2022-10-01
F01.B<dementia> moderate vascular dementia @2022-10-01
F01.C<dementia> severe vascular dementia @2022-10-01
F03 unspecified dementia
F03.9 unspecified dementia, severity unspecified
F03.90 unspecified dementia without disturbance
F03.91 unspecified dementia with behavioral disturbance
F03.911 unspecified dementia with agitation @2022-10-01
F03.918 unspecified dementia with other behavioral disturbance @2022-10-01
F03.92 unspecified dementia with psychotic disturbance @2022-10-01
F03.93 unspecified dementia with mood disturbance @2022-10-01
F03.94 unspecified dementia with anxiety @2022-10-01
F03.A<dementia> mild dementia of unspecified kind @2022-10-01
F03.B<dementia> moderate dementia of unspecified kind @2022-10-01
F03.C<dementia> severe dementia of unspecified kind @2022-10-01
G30 Alzheimer disease
G30.0 Alzheimer disease, early onset
G30.1 Alzheimer disease, late onset
G30.8 other Alzheimer disease
G30.9 Alzheimer disease, unspecified
G35 multiple sclerosis
G35.A relapsing-remitting multiple sclerosis @2025-10-01
G35.B primary progressive multiple sclerosis @2025-10-01
G35.B0 primary progressive multiple sclerosis, unspecified @2025-10-01
G35.B1 primary progressive multiple sclerosis, active @2025-10-01
G35.B2 primary progressive multiple sclerosis, not active @2025-10-01
G35.C secondary progressive multiple sclerosis @2025-10-01
G35.C0 secondary progressive multiple sclerosis, unspecified @2025-10-01
G35.C1 secondary progressive multiple sclerosis, active @2025-10-01
G35.C2 secondary progressive multiple sclerosis, not active @2025-10-01
G35.D multiple sclerosis, unspecified @2025-10-01
G40 epilepsy and recurrent seizures
G40.0<intractability> localization-related idiopathic epilepsy
G40.1<intractability> localization-related epilepsy with simple partial seizures
G40.2<intractability> localization-related epilepsy with complex partial seizures
G40.3<intractability> generalized idiopathic epilepsy
G40.A<intractability> absence epileptic syndrome
G40.B<intractability> juvenile myoclonic epilepsy
G40.C<intractability> Lafora progressive myoclonus epilepsy @2023-10-01
G40.4<intractability> other generalized epilepsy
G40.42 CDKL5 deficiency disorder @2020-10-01
G40.5 epileptic seizures related to external causes
G40.50 epileptic seizures related to external causes, not intractable
G40.501 epileptic seizures related to external causes, with status
G40.509 epileptic seizures related to external causes, without status
G40.8 other epilepsy
G40.80<epilepsyStatus> other epilepsy
G40.81<epilepsyStatus> Lennox-Gastaut syndrome
G40.82<epilepsyStatus> epileptic spasms
G40.83 Dravet syndrome @2020-10-01
G40.833 Dravet syndrome, intractable, with status @2020-10-01
G40.834 Dravet syndrome, intractable, without status @2020-10-01
G40.84<epilepsyStatus> KCNQ2-related epilepsy @2024-10-01
G40.89 other seizures
G40.9<intractability> epilepsy, unspecified
G43 migraine
G43.0<intractability> migraine without aura
G43.1<intractability> migraine with aura
G43.4<intractability> hemiplegic migraine
G43.5<intractability> persistent migraine aura without infarction
G43.6<intractability> persistent migraine aura with infarction
G43.7<intractability> chronic migraine without aura
G43.A<intractable01> cyclical vomiting in migraine
G43.B<intractable01> ophthalmoplegic migraine
G43.C<intractable01> periodic headache syndrome
G43.D<intractable01> abdominal migraine
G43.E<intractability> chronic migraine with aura @2023-10-01
G43.8<intractability> other migraine
G43.82 menstrual migraine, not intractable
G43.821 menstrual migraine, not intractable, with status
G43.829 menstrual migraine, not intractable, without status
G43.83 menstrual migraine, intractable
G43.831 menstrual migraine, intractable, with status
G43.839 menstrual migraine, intractable, without status
G43.9<intractability> migraine, unspecified
G44 other headache syndromes
G44.0 cluster headache and other trigeminal autonomic headaches
G44.00<intractable19> cluster headache, unspecified
G44.01<intractable19> episodic cluster headache
G44.02<intractable19> chronic cluster headache
G44.03<intractable19> episodic paroxysmal hemicrania
G44.04<intractable19> chronic paroxysmal hemicrania
G44.05<intractable19> short-lasting unilateral neuralgiform headache
G44.09<intractable19> other trigeminal autonomic headache
G44.1 vascular headache
G44.2 tension-type headache
G44.20<intractable19> tension-type headache, unspecified
G44.21<intractable19> episodic tension-type headache
G44.22<intractable19> chronic tension-type headache
G44.3 post-traumatic headache
G44.30<intractable19> post-traumatic headache, unspecified
G44.31<intractable19> acute post-traumatic headache
G44.32<intractable19> chronic post-traumatic headache
G44.4<intractable01> drug-induced headache
G44.5 complicated headache syndromes
G44.51 hemicrania continua
G44.52 new daily persistent headache
G44.53 primary thunderclap headache
G44.59 other complicated headache syndrome
G44.8 other specified headache syndromes
G44.81 hypnic headache
G44.82 headache with sexual activity
G44.83 primary cough headache
G44.84 primary exertional headache
G44.85 primary stabbing headache
G44.86 cervicogenic headache @2021-10-01
G44.89 other headache syndrome
G45 transient cerebral ischemic attacks
G45.0 vertebrobasilar syndrome
G45.1 carotid syndrome
G45.2 multiple precerebral artery syndromes
G45.3 amaurosis fugax
G45.4 transient global amnesia
G45.8 other transient ischemic attack
G45.9 transient ischemic attack, unspecified
G50 trigeminal nerve disorders
G50.0 trigeminal neuralgia
G50.1 atypical facial pain
G50.8 other trigeminal nerve disorder
G50.9 trigeminal nerve disorder, unspecified
G81 hemiplegia
G81.0<dominance> flaccid hemiplegia, * side
G81.1<dominance> spastic hemiplegia, * side
G81.9<dominance> hemiplegia, * side
G83.4 cauda equina syndrome
H47.01<RLB9> ischemic optic neuropathy, * eye
H47.1 papilledema
H47.10 papilledema, unspecified
H47.11 papilledema with raised intracranial pressure
H47.12 papilledema with low eye pressure
H47.13 papilledema with retinal disorder
H53.2 double vision
H53.4+ visual field defects
H53.46<RL9> homonymous field defects, * side
H53.47 heteronymous bilateral field defects
I60+ subarachnoid hemorrhage, nontraumatic
I60.9 subarachnoid hemorrhage, unspecified
I61 intracerebral hemorrhage, nontraumatic
I61.0 intracerebral hemorrhage, subcortical
I61.1 intracerebral hemorrhage, cortical
I61.2 intracerebral hemorrhage, hemisphere unspecified
I61.3 brain stem hemorrhage
I61.4 cerebellar hemorrhage
I61.5 intraventricular hemorrhage
I61.6 intracerebral hemorrhage, several places
I61.8 other intracerebral hemorrhage
I61.9 intracerebral hemorrhage, unspecified
I62 other intracranial hemorrhage, nontraumatic
I62.0 subdural hemorrhage, nontraumatic
I62.00 subdural hemorrhage, unspecified
I62.01 subdural hemorrhage, acute
I62.02 subdural hemorrhage, subacute
I62.03 subdural hemorrhage, chronic
I62.1 extradural hemorrhage, nontraumatic
I62.9 intracranial hemorrhage, unspecified
I63 cerebral infarction
I63.0+ cerebral infarction by thrombosis of precerebral arteries
I63.1+ cerebral infarction by embolism of precerebral arteries
I63.2+ cerebral infarction by occlusion of precerebral arteries
I63.3+ cerebral infarction by thrombosis of cerebral arteries
I63.4+ cerebral infarction by embolism of cerebral arteries
I63.5+ cerebral infarction by occlusion of cerebral arteries
I63.6 cerebral infarction by venous thrombosis
I63.8 other cerebral infarction
I63.81 lacunar infarction @2018-10-01
I63.89 other cerebral infarction, not elsewhere classified @2018-10-01
I63.9 cerebral infarction, unspecified
I69.3+ late effects of cerebral infarction
I69.35<dominance9> hemiplegia after cerebral infarction, * side
R26 abnormal gait
R26.0 ataxic gait
R26.1 paralytic gait
R26.2 difficulty walking
R26.8 other abnormal gait
R26.81 unsteadiness on feet
R26.89 other abnormality of gait
R26.9 abnormal gait, unspecified
R29.6 repeated falls
R41 other cognitive symptoms
R41.0 disorientation
R41.1 anterograde amnesia
R41.2 retrograde amnesia
R41.3 other amnesia
R41.4 neurologic neglect
R41.8 other cognitive symptoms, specified
R41.81 age-related cognitive decline
R41.82 altered mental status
R41.83 borderline intellectual functioning
R41.84 other cognitive deficit
R41.840 attention deficit
R41.841 cognitive communication deficit
R41.842 visuospatial deficit
R41.843 psychomotor deficit
R41.844 executive function deficit
R41.89 other cognitive symptom
R41.9 cognitive symptom, unspecified
R42 dizziness
R51 headache
R51.0 headache with orthostatic component @2020-10-01
R51.9 headache, unspecified @2020-10-01
R56 convulsions
R56.0 febrile convulsions
R56.00 simple febrile convulsion
R56.01 complex febrile convulsion
R56.1 post-traumatic seizures
R56.9 convulsions, unspecified
S06.0 concussion
S06.0X concussion
S06.0X0:ADS concussion without loss of consciousness
S06.0X1:ADS concussion with loss of consciousness up to 30 minutes
S06.0X9:ADS concussion with loss of consciousness, time unspecified
S06.0XA:ADS concussion, loss of consciousness unknown @2022-10-01
`
