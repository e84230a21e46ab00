//! Countries and territories (ISO 3166-1 alpha-2, and the exceptional reservations of the API). Generated from CLDR names once; the codes are those of the API.

use super::codes;

codes! {
    /// Countries and territories (ISO 3166-1 alpha-2, and the exceptional reservations of the API).
    CountryCode {
        /// Ascension Island.
        "AC" => Ac,
        /// Andorra.
        "AD" => Ad,
        /// United Arab Emirates.
        "AE" => Ae,
        /// Afghanistan.
        "AF" => Af,
        /// Antigua & Barbuda.
        "AG" => Ag,
        /// Anguilla.
        "AI" => Ai,
        /// Albania.
        "AL" => Al,
        /// Armenia.
        "AM" => Am,
        /// Netherlands Antilles.
        "AN" => An,
        /// Angola.
        "AO" => Ao,
        /// Argentina.
        "AR" => Ar,
        /// Austria.
        "AT" => At,
        /// Australia.
        "AU" => Au,
        /// Aruba.
        "AW" => Aw,
        /// Åland Islands.
        "AX" => Ax,
        /// Azerbaijan.
        "AZ" => Az,
        /// Bosnia & Herzegovina.
        "BA" => Ba,
        /// Barbados.
        "BB" => Bb,
        /// Bangladesh.
        "BD" => Bd,
        /// Belgium.
        "BE" => Be,
        /// Burkina Faso.
        "BF" => Bf,
        /// Bulgaria.
        "BG" => Bg,
        /// Bahrain.
        "BH" => Bh,
        /// Burundi.
        "BI" => Bi,
        /// Benin.
        "BJ" => Bj,
        /// St. Barthélemy.
        "BL" => Bl,
        /// Bermuda.
        "BM" => Bm,
        /// Brunei.
        "BN" => Bn,
        /// Bolivia.
        "BO" => Bo,
        /// Caribbean Netherlands.
        "BQ" => Bq,
        /// Brazil.
        "BR" => Br,
        /// Bahamas.
        "BS" => Bs,
        /// Bhutan.
        "BT" => Bt,
        /// Bouvet Island.
        "BV" => Bv,
        /// Botswana.
        "BW" => Bw,
        /// Belarus.
        "BY" => By,
        /// Belize.
        "BZ" => Bz,
        /// Canada.
        "CA" => Ca,
        /// Cocos (Keeling) Islands.
        "CC" => Cc,
        /// Congo - Kinshasa.
        "CD" => Cd,
        /// Central African Republic.
        "CF" => Cf,
        /// Congo - Brazzaville.
        "CG" => Cg,
        /// Switzerland.
        "CH" => Ch,
        /// Côte d'Ivoire.
        "CI" => Ci,
        /// Cook Islands.
        "CK" => Ck,
        /// Chile.
        "CL" => Cl,
        /// Cameroon.
        "CM" => Cm,
        /// China.
        "CN" => Cn,
        /// Colombia.
        "CO" => Co,
        /// Costa Rica.
        "CR" => Cr,
        /// Cuba.
        "CU" => Cu,
        /// Cape Verde.
        "CV" => Cv,
        /// Curaçao.
        "CW" => Cw,
        /// Christmas Island.
        "CX" => Cx,
        /// Cyprus.
        "CY" => Cy,
        /// Czechia.
        "CZ" => Cz,
        /// Germany.
        "DE" => De,
        /// Djibouti.
        "DJ" => Dj,
        /// Denmark.
        "DK" => Dk,
        /// Dominica.
        "DM" => Dm,
        /// Dominican Republic.
        "DO" => Do,
        /// Algeria.
        "DZ" => Dz,
        /// Ecuador.
        "EC" => Ec,
        /// Estonia.
        "EE" => Ee,
        /// Egypt.
        "EG" => Eg,
        /// Western Sahara.
        "EH" => Eh,
        /// Eritrea.
        "ER" => Er,
        /// Spain.
        "ES" => Es,
        /// Ethiopia.
        "ET" => Et,
        /// Finland.
        "FI" => Fi,
        /// Fiji.
        "FJ" => Fj,
        /// Falkland Islands.
        "FK" => Fk,
        /// Faroe Islands.
        "FO" => Fo,
        /// France.
        "FR" => Fr,
        /// Gabon.
        "GA" => Ga,
        /// United Kingdom.
        "GB" => Gb,
        /// Grenada.
        "GD" => Gd,
        /// Georgia.
        "GE" => Ge,
        /// French Guiana.
        "GF" => Gf,
        /// Guernsey.
        "GG" => Gg,
        /// Ghana.
        "GH" => Gh,
        /// Gibraltar.
        "GI" => Gi,
        /// Greenland.
        "GL" => Gl,
        /// Gambia.
        "GM" => Gm,
        /// Guinea.
        "GN" => Gn,
        /// Guadeloupe.
        "GP" => Gp,
        /// Equatorial Guinea.
        "GQ" => Gq,
        /// Greece.
        "GR" => Gr,
        /// South Georgia & South Sandwich Islands.
        "GS" => Gs,
        /// Guatemala.
        "GT" => Gt,
        /// Guinea-Bissau.
        "GW" => Gw,
        /// Guyana.
        "GY" => Gy,
        /// Hong Kong SAR China.
        "HK" => Hk,
        /// Heard & McDonald Islands.
        "HM" => Hm,
        /// Honduras.
        "HN" => Hn,
        /// Croatia.
        "HR" => Hr,
        /// Haiti.
        "HT" => Ht,
        /// Hungary.
        "HU" => Hu,
        /// Indonesia.
        "ID" => Id,
        /// Ireland.
        "IE" => Ie,
        /// Israel.
        "IL" => Il,
        /// Isle of Man.
        "IM" => Im,
        /// India.
        "IN" => In,
        /// British Indian Ocean Territory.
        "IO" => Io,
        /// Iraq.
        "IQ" => Iq,
        /// Iran.
        "IR" => Ir,
        /// Iceland.
        "IS" => Is,
        /// Italy.
        "IT" => It,
        /// Jersey.
        "JE" => Je,
        /// Jamaica.
        "JM" => Jm,
        /// Jordan.
        "JO" => Jo,
        /// Japan.
        "JP" => Jp,
        /// Kenya.
        "KE" => Ke,
        /// Kyrgyzstan.
        "KG" => Kg,
        /// Cambodia.
        "KH" => Kh,
        /// Kiribati.
        "KI" => Ki,
        /// Comoros.
        "KM" => Km,
        /// St. Kitts & Nevis.
        "KN" => Kn,
        /// North Korea.
        "KP" => Kp,
        /// South Korea.
        "KR" => Kr,
        /// Kuwait.
        "KW" => Kw,
        /// Cayman Islands.
        "KY" => Ky,
        /// Kazakhstan.
        "KZ" => Kz,
        /// Laos.
        "LA" => La,
        /// Lebanon.
        "LB" => Lb,
        /// St. Lucia.
        "LC" => Lc,
        /// Liechtenstein.
        "LI" => Li,
        /// Sri Lanka.
        "LK" => Lk,
        /// Liberia.
        "LR" => Lr,
        /// Lesotho.
        "LS" => Ls,
        /// Lithuania.
        "LT" => Lt,
        /// Luxembourg.
        "LU" => Lu,
        /// Latvia.
        "LV" => Lv,
        /// Libya.
        "LY" => Ly,
        /// Morocco.
        "MA" => Ma,
        /// Monaco.
        "MC" => Mc,
        /// Moldova.
        "MD" => Md,
        /// Montenegro.
        "ME" => Me,
        /// St. Martin.
        "MF" => Mf,
        /// Madagascar.
        "MG" => Mg,
        /// North Macedonia.
        "MK" => Mk,
        /// Mali.
        "ML" => Ml,
        /// Myanmar (Burma).
        "MM" => Mm,
        /// Mongolia.
        "MN" => Mn,
        /// Macao SAR China.
        "MO" => Mo,
        /// Martinique.
        "MQ" => Mq,
        /// Mauritania.
        "MR" => Mr,
        /// Montserrat.
        "MS" => Ms,
        /// Malta.
        "MT" => Mt,
        /// Mauritius.
        "MU" => Mu,
        /// Maldives.
        "MV" => Mv,
        /// Malawi.
        "MW" => Mw,
        /// Mexico.
        "MX" => Mx,
        /// Malaysia.
        "MY" => My,
        /// Mozambique.
        "MZ" => Mz,
        /// Namibia.
        "NA" => Na,
        /// New Caledonia.
        "NC" => Nc,
        /// Niger.
        "NE" => Ne,
        /// Norfolk Island.
        "NF" => Nf,
        /// Nigeria.
        "NG" => Ng,
        /// Nicaragua.
        "NI" => Ni,
        /// Netherlands.
        "NL" => Nl,
        /// Norway.
        "NO" => No,
        /// Nepal.
        "NP" => Np,
        /// Nauru.
        "NR" => Nr,
        /// Niue.
        "NU" => Nu,
        /// New Zealand.
        "NZ" => Nz,
        /// Oman.
        "OM" => Om,
        /// Panama.
        "PA" => Pa,
        /// Peru.
        "PE" => Pe,
        /// French Polynesia.
        "PF" => Pf,
        /// Papua New Guinea.
        "PG" => Pg,
        /// Philippines.
        "PH" => Ph,
        /// Pakistan.
        "PK" => Pk,
        /// Poland.
        "PL" => Pl,
        /// St. Pierre & Miquelon.
        "PM" => Pm,
        /// Pitcairn Islands.
        "PN" => Pn,
        /// Palestinian Territories.
        "PS" => Ps,
        /// Portugal.
        "PT" => Pt,
        /// Paraguay.
        "PY" => Py,
        /// Qatar.
        "QA" => Qa,
        /// Réunion.
        "RE" => Re,
        /// Romania.
        "RO" => Ro,
        /// Serbia.
        "RS" => Rs,
        /// Russia.
        "RU" => Ru,
        /// Rwanda.
        "RW" => Rw,
        /// Saudi Arabia.
        "SA" => Sa,
        /// Solomon Islands.
        "SB" => Sb,
        /// Seychelles.
        "SC" => Sc,
        /// Sudan.
        "SD" => Sd,
        /// Sweden.
        "SE" => Se,
        /// Singapore.
        "SG" => Sg,
        /// St. Helena.
        "SH" => Sh,
        /// Slovenia.
        "SI" => Si,
        /// Svalbard & Jan Mayen.
        "SJ" => Sj,
        /// Slovakia.
        "SK" => Sk,
        /// Sierra Leone.
        "SL" => Sl,
        /// San Marino.
        "SM" => Sm,
        /// Senegal.
        "SN" => Sn,
        /// Somalia.
        "SO" => So,
        /// Suriname.
        "SR" => Sr,
        /// South Sudan.
        "SS" => Ss,
        /// São Tomé & Príncipe.
        "ST" => St,
        /// El Salvador.
        "SV" => Sv,
        /// Sint Maarten.
        "SX" => Sx,
        /// Syria.
        "SY" => Sy,
        /// Eswatini.
        "SZ" => Sz,
        /// Tristan da Cunha.
        "TA" => Ta,
        /// Turks & Caicos Islands.
        "TC" => Tc,
        /// Chad.
        "TD" => Td,
        /// French Southern Territories.
        "TF" => Tf,
        /// Togo.
        "TG" => Tg,
        /// Thailand.
        "TH" => Th,
        /// Tajikistan.
        "TJ" => Tj,
        /// Tokelau.
        "TK" => Tk,
        /// Timor-Leste.
        "TL" => Tl,
        /// Turkmenistan.
        "TM" => Tm,
        /// Tunisia.
        "TN" => Tn,
        /// Tonga.
        "TO" => To,
        /// Türkiye.
        "TR" => Tr,
        /// Trinidad & Tobago.
        "TT" => Tt,
        /// Tuvalu.
        "TV" => Tv,
        /// Taiwan.
        "TW" => Tw,
        /// Tanzania.
        "TZ" => Tz,
        /// Ukraine.
        "UA" => Ua,
        /// Uganda.
        "UG" => Ug,
        /// U.S. Outlying Islands.
        "UM" => Um,
        /// United States.
        "US" => Us,
        /// Uruguay.
        "UY" => Uy,
        /// Uzbekistan.
        "UZ" => Uz,
        /// Vatican City.
        "VA" => Va,
        /// St. Vincent & Grenadines.
        "VC" => Vc,
        /// Venezuela.
        "VE" => Ve,
        /// British Virgin Islands.
        "VG" => Vg,
        /// Vietnam.
        "VN" => Vn,
        /// Vanuatu.
        "VU" => Vu,
        /// Wallis & Futuna.
        "WF" => Wf,
        /// Samoa.
        "WS" => Ws,
        /// Kosovo.
        "XK" => Xk,
        /// Yemen.
        "YE" => Ye,
        /// Mayotte.
        "YT" => Yt,
        /// South Africa.
        "ZA" => Za,
        /// Zambia.
        "ZM" => Zm,
        /// Zimbabwe.
        "ZW" => Zw,
        /// Unknown region.
        "ZZ" => Zz,
    }
}
