/**
 * Sleep, breathing and obesity. Read in the CDC order file of FY2026: E66, G47, J43-J45, J84.1 and J96; the rest, and all first days, are
 * from memory of the addenda.
 */
export const lungsAndSleep = `
D75.1 secondary polycythemia
E66 overweight and obesity
E66.0 obesity from excess calories
E66.01 severe obesity from excess calories
E66.09 other obesity from excess calories
E66.1 drug-induced obesity
E66.2 severe obesity with alveolar hypoventilation
E66.3 overweight
E66.8 other obesity
E66.81 obesity class @2024-10-01
E66.811 obesity class 1 @2024-10-01
E66.812 obesity class 2 @2024-10-01
E66.813 obesity class 3 @2024-10-01
E66.89 other obesity, not elsewhere classified @2024-10-01
E66.9 obesity, unspecified
E84 cystic fibrosis
E84.0 cystic fibrosis with pulmonary manifestations
E84.1 cystic fibrosis with intestinal manifestations
E84.11 meconium ileus in cystic fibrosis
E84.19 cystic fibrosis with other intestinal manifestations
E84.8 cystic fibrosis with other manifestations
E84.9 cystic fibrosis, unspecified
G47.3 sleep apnea
G47.30 sleep apnea, unspecified
G47.31 primary central sleep apnea
G47.32 high altitude periodic breathing
G47.33 obstructive sleep apnea
G47.34 idiopathic sleep-related hypoventilation
G47.35 congenital central hypoventilation
G47.36 sleep-related hypoventilation in other conditions
G47.37 central sleep apnea in other conditions
G47.39 other sleep apnea
G47.4 narcolepsy and cataplexy
G47.41 narcolepsy
G47.411 narcolepsy with cataplexy
G47.419 narcolepsy without cataplexy
J43 emphysema
J43.0 unilateral emphysema
J43.1 panlobular emphysema
J43.2 centrilobular emphysema
J43.8 other emphysema
J43.9 emphysema, unspecified
J44 chronic obstructive pulmonary disease
J44.0 chronic obstructive pulmonary disease with lower respiratory infection
J44.1 chronic obstructive pulmonary disease with exacerbation
J44.8 other chronic obstructive pulmonary disease @2023-10-01
J44.81 bronchiolitis obliterans @2023-10-01
J44.89 other chronic obstructive pulmonary disease, specified @2023-10-01
J44.9 chronic obstructive pulmonary disease, unspecified
J45 asthma
J45.2<asthma> mild intermittent asthma
J45.3<asthma> mild persistent asthma
J45.4<asthma> moderate persistent asthma
J45.5<asthma> severe persistent asthma
J45.9 other asthma
J45.90 asthma, unspecified
J45.901 asthma with exacerbation, unspecified
J45.902 asthma with status asthmaticus, unspecified
J45.909 asthma without complication, unspecified
J45.99 other asthma, specified
J45.990 exercise-induced bronchospasm
J45.991 cough variant asthma
J45.998 other asthma, not elsewhere classified
J47 bronchiectasis
J47.0 bronchiectasis with lower respiratory infection
J47.1 bronchiectasis with exacerbation
J47.9 bronchiectasis, uncomplicated
J84.1 other interstitial lung disease with fibrosis
J84.10 pulmonary fibrosis, unspecified
J84.11 idiopathic interstitial pneumonia
J84.111 idiopathic interstitial pneumonia, unspecified
J84.112 idiopathic pulmonary fibrosis
J84.113 idiopathic nonspecific interstitial pneumonitis
J84.114 acute interstitial pneumonitis
J84.115 respiratory bronchiolitis interstitial lung disease
J84.116 cryptogenic organizing pneumonia
J84.117 desquamative interstitial pneumonia
J84.17 other interstitial lung disease with progressive fibrosis
J84.170 progressive fibrosis in other diseases @2020-10-01
J84.178 other interstitial lung disease with progressive fibrosis, specified @2020-10-01
J84.9 interstitial lung disease, unspecified
J96.0<gasExchange> acute respiratory failure
J96.1<gasExchange> chronic respiratory failure
J96.2<gasExchange> acute and chronic respiratory failure
J96.9<gasExchange> respiratory failure, unspecified
R06.83 snoring
R09.02 hypoxemia
Z99.81 dependence on oxygen
`
