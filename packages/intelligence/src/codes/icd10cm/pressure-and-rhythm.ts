/**
 * Blood pressure, rhythm, pulmonary embolism, and other reasons for a cardiac or postoperative visit. Read on a
 * coder's page for FY2025: I26.03, I26.04, I26.95 and I26.96. The rest is from memory of the tabular list, as
 * are the other first days: I16 FY2017, I26.93-.94 FY2020, I1A and I24.8x FY2024.
 */
export const pressureAndRhythm = `
I12 hypertensive kidney disease
I12.0 hypertensive kidney disease, stage 5 or end stage
I12.9 hypertensive kidney disease, stage 1 to 4 or unspecified
I13 hypertensive heart and kidney disease
I13.0 hypertensive heart and kidney disease with heart failure, stage 1 to 4 or unspecified
I13.1 hypertensive heart and kidney disease without heart failure
I13.10 hypertensive heart and kidney disease without heart failure, stage 1 to 4 or unspecified
I13.11 hypertensive heart and kidney disease without heart failure, stage 5 or end stage
I13.2 hypertensive heart and kidney disease with heart failure, stage 5 or end stage
I15 secondary hypertension
I15.0 renovascular hypertension
I15.1 hypertension from another kidney disorder
I15.2 hypertension from an endocrine disorder
I15.8 other secondary hypertension
I15.9 secondary hypertension, unspecified
I16 hypertensive crisis @2016-10-01
I16.0 hypertensive urgency @2016-10-01
I16.1 hypertensive emergency @2016-10-01
I16.9 hypertensive crisis, unspecified @2016-10-01
I1A other hypertension @2023-10-01
I1A.0 resistant hypertension @2023-10-01
I24 other acute ischemic heart disease
I24.0 acute coronary thrombosis without infarction
I24.1 Dressler syndrome
I24.8 other acute ischemic heart disease, specified
I24.81 acute coronary microvascular dysfunction @2023-10-01
I24.89 other acute ischemic heart disease, not elsewhere classified @2023-10-01
I24.9 acute ischemic heart disease, unspecified
I26 pulmonary embolism
I26.0 pulmonary embolism with acute cor pulmonale
I26.01 septic pulmonary embolism with acute cor pulmonale
I26.02 saddle embolus with acute cor pulmonale
I26.03 cement embolism with acute cor pulmonale @2024-10-01
I26.04 fat embolism with acute cor pulmonale @2024-10-01
I26.09 other pulmonary embolism with acute cor pulmonale
I26.9 pulmonary embolism without acute cor pulmonale
I26.90 septic pulmonary embolism without acute cor pulmonale
I26.92 saddle embolus without acute cor pulmonale
I26.93 single subsegmental pulmonary embolism without acute cor pulmonale @2019-10-01
I26.94 multiple subsegmental pulmonary emboli without acute cor pulmonale @2019-10-01
I26.95 cement embolism without acute cor pulmonale @2024-10-01
I26.96 fat embolism without acute cor pulmonale @2024-10-01
I26.99 other pulmonary embolism without acute cor pulmonale
I43 cardiomyopathy in another disease
I49 other arrhythmias
I49.0 ventricular fibrillation and flutter
I49.01 ventricular fibrillation
I49.02 ventricular flutter
I49.1 atrial premature beats
I49.2 junctional premature beats
I49.3 ventricular premature beats
I49.4 other premature beats
I49.40 premature beats, unspecified
I49.49 other premature beats, specified
I49.5 sick sinus syndrome
I49.8 other arrhythmia
I49.9 arrhythmia, unspecified
I51 ill-defined heart disease
I51.0 acquired cardiac septal defect
I51.1 rupture of chordae tendineae
I51.2 rupture of a papillary muscle
I51.3 intracardiac thrombosis
I51.4 myocarditis, unspecified
I51.5 myocardial degeneration
I51.7 cardiomegaly
I51.8 other ill-defined heart disease
I51.81 takotsubo syndrome
I51.89 other ill-defined heart disease, specified
I51.9 heart disease, unspecified
Q20 congenital malformations of the heart's chambers and connections
Q20.0 common arterial trunk
Q20.1 double outlet right ventricle
Q20.2 double outlet left ventricle
Q20.3 discordant ventriculoarterial connection
Q20.4 double inlet ventricle
Q20.5 discordant atrioventricular connection
Q20.6 isomerism of the atrial appendages
Q20.8 other malformation of the heart's chambers and connections
Q20.9 malformation of the heart's chambers and connections, unspecified
R00 abnormal heart beat
R00.0 tachycardia, unspecified
R00.1 bradycardia, unspecified
R00.2 palpitations
R00.8 other abnormal heart beat
R00.9 abnormal heart beat, unspecified
R60 edema
R60.0 localized edema
R60.1 generalized edema
R60.9 edema, unspecified
Z01.8+ other special examination
Z01.81 examination before a procedure
Z01.810 cardiovascular examination before a procedure
Z01.811 respiratory examination before a procedure
Z01.812 laboratory examination before a procedure
Z01.818 other examination before a procedure
Z48.8 other surgical aftercare
Z48.81 aftercare after surgery on a body system
Z48.810 aftercare after surgery on the sense organs
Z48.811 aftercare after surgery on the nervous system
Z48.812 aftercare after surgery on the circulatory system
Z48.813 aftercare after surgery on the respiratory system
Z48.814 aftercare after surgery on the teeth or mouth
Z48.815 aftercare after surgery on the digestive system
Z48.816 aftercare after surgery on the genitourinary system
Z48.817 aftercare after surgery on the skin
Z48.89 other surgical aftercare, specified
Z86.7 personal history of circulatory disease
Z86.71 personal history of venous thrombosis and embolism
Z86.711 personal history of pulmonary embolism
Z86.718 personal history of other venous thrombosis and embolism
Z86.72 personal history of thrombophlebitis
Z86.73 personal history of stroke or transient ischemic attack without residue
Z86.74 personal history of sudden cardiac arrest
Z86.79 personal history of other circulatory disease
`
