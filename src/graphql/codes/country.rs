//! Countries and territories (ISO 3166-1 alpha-2, and the exceptional reservations of the API). Generated from CLDR names once; the codes are those of the API.

use async_graphql::Enum;

/// Countries and territories (ISO 3166-1 alpha-2, and the exceptional reservations of the API).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum CountryCode {
    /// Ascension Island.
    #[graphql(name = "AC")]
    Ac,
    /// Andorra.
    #[graphql(name = "AD")]
    Ad,
    /// United Arab Emirates.
    #[graphql(name = "AE")]
    Ae,
    /// Afghanistan.
    #[graphql(name = "AF")]
    Af,
    /// Antigua & Barbuda.
    #[graphql(name = "AG")]
    Ag,
    /// Anguilla.
    #[graphql(name = "AI")]
    Ai,
    /// Albania.
    #[graphql(name = "AL")]
    Al,
    /// Armenia.
    #[graphql(name = "AM")]
    Am,
    /// Netherlands Antilles.
    #[graphql(name = "AN")]
    An,
    /// Angola.
    #[graphql(name = "AO")]
    Ao,
    /// Argentina.
    #[graphql(name = "AR")]
    Ar,
    /// Austria.
    #[graphql(name = "AT")]
    At,
    /// Australia.
    #[graphql(name = "AU")]
    Au,
    /// Aruba.
    #[graphql(name = "AW")]
    Aw,
    /// Åland Islands.
    #[graphql(name = "AX")]
    Ax,
    /// Azerbaijan.
    #[graphql(name = "AZ")]
    Az,
    /// Bosnia & Herzegovina.
    #[graphql(name = "BA")]
    Ba,
    /// Barbados.
    #[graphql(name = "BB")]
    Bb,
    /// Bangladesh.
    #[graphql(name = "BD")]
    Bd,
    /// Belgium.
    #[graphql(name = "BE")]
    Be,
    /// Burkina Faso.
    #[graphql(name = "BF")]
    Bf,
    /// Bulgaria.
    #[graphql(name = "BG")]
    Bg,
    /// Bahrain.
    #[graphql(name = "BH")]
    Bh,
    /// Burundi.
    #[graphql(name = "BI")]
    Bi,
    /// Benin.
    #[graphql(name = "BJ")]
    Bj,
    /// St. Barthélemy.
    #[graphql(name = "BL")]
    Bl,
    /// Bermuda.
    #[graphql(name = "BM")]
    Bm,
    /// Brunei.
    #[graphql(name = "BN")]
    Bn,
    /// Bolivia.
    #[graphql(name = "BO")]
    Bo,
    /// Caribbean Netherlands.
    #[graphql(name = "BQ")]
    Bq,
    /// Brazil.
    #[graphql(name = "BR")]
    Br,
    /// Bahamas.
    #[graphql(name = "BS")]
    Bs,
    /// Bhutan.
    #[graphql(name = "BT")]
    Bt,
    /// Bouvet Island.
    #[graphql(name = "BV")]
    Bv,
    /// Botswana.
    #[graphql(name = "BW")]
    Bw,
    /// Belarus.
    #[graphql(name = "BY")]
    By,
    /// Belize.
    #[graphql(name = "BZ")]
    Bz,
    /// Canada.
    #[graphql(name = "CA")]
    Ca,
    /// Cocos (Keeling) Islands.
    #[graphql(name = "CC")]
    Cc,
    /// Congo - Kinshasa.
    #[graphql(name = "CD")]
    Cd,
    /// Central African Republic.
    #[graphql(name = "CF")]
    Cf,
    /// Congo - Brazzaville.
    #[graphql(name = "CG")]
    Cg,
    /// Switzerland.
    #[graphql(name = "CH")]
    Ch,
    /// Côte d'Ivoire.
    #[graphql(name = "CI")]
    Ci,
    /// Cook Islands.
    #[graphql(name = "CK")]
    Ck,
    /// Chile.
    #[graphql(name = "CL")]
    Cl,
    /// Cameroon.
    #[graphql(name = "CM")]
    Cm,
    /// China.
    #[graphql(name = "CN")]
    Cn,
    /// Colombia.
    #[graphql(name = "CO")]
    Co,
    /// Costa Rica.
    #[graphql(name = "CR")]
    Cr,
    /// Cuba.
    #[graphql(name = "CU")]
    Cu,
    /// Cape Verde.
    #[graphql(name = "CV")]
    Cv,
    /// Curaçao.
    #[graphql(name = "CW")]
    Cw,
    /// Christmas Island.
    #[graphql(name = "CX")]
    Cx,
    /// Cyprus.
    #[graphql(name = "CY")]
    Cy,
    /// Czechia.
    #[graphql(name = "CZ")]
    Cz,
    /// Germany.
    #[graphql(name = "DE")]
    De,
    /// Djibouti.
    #[graphql(name = "DJ")]
    Dj,
    /// Denmark.
    #[graphql(name = "DK")]
    Dk,
    /// Dominica.
    #[graphql(name = "DM")]
    Dm,
    /// Dominican Republic.
    #[graphql(name = "DO")]
    Do,
    /// Algeria.
    #[graphql(name = "DZ")]
    Dz,
    /// Ecuador.
    #[graphql(name = "EC")]
    Ec,
    /// Estonia.
    #[graphql(name = "EE")]
    Ee,
    /// Egypt.
    #[graphql(name = "EG")]
    Eg,
    /// Western Sahara.
    #[graphql(name = "EH")]
    Eh,
    /// Eritrea.
    #[graphql(name = "ER")]
    Er,
    /// Spain.
    #[graphql(name = "ES")]
    Es,
    /// Ethiopia.
    #[graphql(name = "ET")]
    Et,
    /// Finland.
    #[graphql(name = "FI")]
    Fi,
    /// Fiji.
    #[graphql(name = "FJ")]
    Fj,
    /// Falkland Islands.
    #[graphql(name = "FK")]
    Fk,
    /// Faroe Islands.
    #[graphql(name = "FO")]
    Fo,
    /// France.
    #[graphql(name = "FR")]
    Fr,
    /// Gabon.
    #[graphql(name = "GA")]
    Ga,
    /// United Kingdom.
    #[graphql(name = "GB")]
    Gb,
    /// Grenada.
    #[graphql(name = "GD")]
    Gd,
    /// Georgia.
    #[graphql(name = "GE")]
    Ge,
    /// French Guiana.
    #[graphql(name = "GF")]
    Gf,
    /// Guernsey.
    #[graphql(name = "GG")]
    Gg,
    /// Ghana.
    #[graphql(name = "GH")]
    Gh,
    /// Gibraltar.
    #[graphql(name = "GI")]
    Gi,
    /// Greenland.
    #[graphql(name = "GL")]
    Gl,
    /// Gambia.
    #[graphql(name = "GM")]
    Gm,
    /// Guinea.
    #[graphql(name = "GN")]
    Gn,
    /// Guadeloupe.
    #[graphql(name = "GP")]
    Gp,
    /// Equatorial Guinea.
    #[graphql(name = "GQ")]
    Gq,
    /// Greece.
    #[graphql(name = "GR")]
    Gr,
    /// South Georgia & South Sandwich Islands.
    #[graphql(name = "GS")]
    Gs,
    /// Guatemala.
    #[graphql(name = "GT")]
    Gt,
    /// Guinea-Bissau.
    #[graphql(name = "GW")]
    Gw,
    /// Guyana.
    #[graphql(name = "GY")]
    Gy,
    /// Hong Kong SAR China.
    #[graphql(name = "HK")]
    Hk,
    /// Heard & McDonald Islands.
    #[graphql(name = "HM")]
    Hm,
    /// Honduras.
    #[graphql(name = "HN")]
    Hn,
    /// Croatia.
    #[graphql(name = "HR")]
    Hr,
    /// Haiti.
    #[graphql(name = "HT")]
    Ht,
    /// Hungary.
    #[graphql(name = "HU")]
    Hu,
    /// Indonesia.
    #[graphql(name = "ID")]
    Id,
    /// Ireland.
    #[graphql(name = "IE")]
    Ie,
    /// Israel.
    #[graphql(name = "IL")]
    Il,
    /// Isle of Man.
    #[graphql(name = "IM")]
    Im,
    /// India.
    #[graphql(name = "IN")]
    In,
    /// British Indian Ocean Territory.
    #[graphql(name = "IO")]
    Io,
    /// Iraq.
    #[graphql(name = "IQ")]
    Iq,
    /// Iran.
    #[graphql(name = "IR")]
    Ir,
    /// Iceland.
    #[graphql(name = "IS")]
    Is,
    /// Italy.
    #[graphql(name = "IT")]
    It,
    /// Jersey.
    #[graphql(name = "JE")]
    Je,
    /// Jamaica.
    #[graphql(name = "JM")]
    Jm,
    /// Jordan.
    #[graphql(name = "JO")]
    Jo,
    /// Japan.
    #[graphql(name = "JP")]
    Jp,
    /// Kenya.
    #[graphql(name = "KE")]
    Ke,
    /// Kyrgyzstan.
    #[graphql(name = "KG")]
    Kg,
    /// Cambodia.
    #[graphql(name = "KH")]
    Kh,
    /// Kiribati.
    #[graphql(name = "KI")]
    Ki,
    /// Comoros.
    #[graphql(name = "KM")]
    Km,
    /// St. Kitts & Nevis.
    #[graphql(name = "KN")]
    Kn,
    /// North Korea.
    #[graphql(name = "KP")]
    Kp,
    /// South Korea.
    #[graphql(name = "KR")]
    Kr,
    /// Kuwait.
    #[graphql(name = "KW")]
    Kw,
    /// Cayman Islands.
    #[graphql(name = "KY")]
    Ky,
    /// Kazakhstan.
    #[graphql(name = "KZ")]
    Kz,
    /// Laos.
    #[graphql(name = "LA")]
    La,
    /// Lebanon.
    #[graphql(name = "LB")]
    Lb,
    /// St. Lucia.
    #[graphql(name = "LC")]
    Lc,
    /// Liechtenstein.
    #[graphql(name = "LI")]
    Li,
    /// Sri Lanka.
    #[graphql(name = "LK")]
    Lk,
    /// Liberia.
    #[graphql(name = "LR")]
    Lr,
    /// Lesotho.
    #[graphql(name = "LS")]
    Ls,
    /// Lithuania.
    #[graphql(name = "LT")]
    Lt,
    /// Luxembourg.
    #[graphql(name = "LU")]
    Lu,
    /// Latvia.
    #[graphql(name = "LV")]
    Lv,
    /// Libya.
    #[graphql(name = "LY")]
    Ly,
    /// Morocco.
    #[graphql(name = "MA")]
    Ma,
    /// Monaco.
    #[graphql(name = "MC")]
    Mc,
    /// Moldova.
    #[graphql(name = "MD")]
    Md,
    /// Montenegro.
    #[graphql(name = "ME")]
    Me,
    /// St. Martin.
    #[graphql(name = "MF")]
    Mf,
    /// Madagascar.
    #[graphql(name = "MG")]
    Mg,
    /// North Macedonia.
    #[graphql(name = "MK")]
    Mk,
    /// Mali.
    #[graphql(name = "ML")]
    Ml,
    /// Myanmar (Burma).
    #[graphql(name = "MM")]
    Mm,
    /// Mongolia.
    #[graphql(name = "MN")]
    Mn,
    /// Macao SAR China.
    #[graphql(name = "MO")]
    Mo,
    /// Martinique.
    #[graphql(name = "MQ")]
    Mq,
    /// Mauritania.
    #[graphql(name = "MR")]
    Mr,
    /// Montserrat.
    #[graphql(name = "MS")]
    Ms,
    /// Malta.
    #[graphql(name = "MT")]
    Mt,
    /// Mauritius.
    #[graphql(name = "MU")]
    Mu,
    /// Maldives.
    #[graphql(name = "MV")]
    Mv,
    /// Malawi.
    #[graphql(name = "MW")]
    Mw,
    /// Mexico.
    #[graphql(name = "MX")]
    Mx,
    /// Malaysia.
    #[graphql(name = "MY")]
    My,
    /// Mozambique.
    #[graphql(name = "MZ")]
    Mz,
    /// Namibia.
    #[graphql(name = "NA")]
    Na,
    /// New Caledonia.
    #[graphql(name = "NC")]
    Nc,
    /// Niger.
    #[graphql(name = "NE")]
    Ne,
    /// Norfolk Island.
    #[graphql(name = "NF")]
    Nf,
    /// Nigeria.
    #[graphql(name = "NG")]
    Ng,
    /// Nicaragua.
    #[graphql(name = "NI")]
    Ni,
    /// Netherlands.
    #[graphql(name = "NL")]
    Nl,
    /// Norway.
    #[graphql(name = "NO")]
    No,
    /// Nepal.
    #[graphql(name = "NP")]
    Np,
    /// Nauru.
    #[graphql(name = "NR")]
    Nr,
    /// Niue.
    #[graphql(name = "NU")]
    Nu,
    /// New Zealand.
    #[graphql(name = "NZ")]
    Nz,
    /// Oman.
    #[graphql(name = "OM")]
    Om,
    /// Panama.
    #[graphql(name = "PA")]
    Pa,
    /// Peru.
    #[graphql(name = "PE")]
    Pe,
    /// French Polynesia.
    #[graphql(name = "PF")]
    Pf,
    /// Papua New Guinea.
    #[graphql(name = "PG")]
    Pg,
    /// Philippines.
    #[graphql(name = "PH")]
    Ph,
    /// Pakistan.
    #[graphql(name = "PK")]
    Pk,
    /// Poland.
    #[graphql(name = "PL")]
    Pl,
    /// St. Pierre & Miquelon.
    #[graphql(name = "PM")]
    Pm,
    /// Pitcairn Islands.
    #[graphql(name = "PN")]
    Pn,
    /// Palestinian Territories.
    #[graphql(name = "PS")]
    Ps,
    /// Portugal.
    #[graphql(name = "PT")]
    Pt,
    /// Paraguay.
    #[graphql(name = "PY")]
    Py,
    /// Qatar.
    #[graphql(name = "QA")]
    Qa,
    /// Réunion.
    #[graphql(name = "RE")]
    Re,
    /// Romania.
    #[graphql(name = "RO")]
    Ro,
    /// Serbia.
    #[graphql(name = "RS")]
    Rs,
    /// Russia.
    #[graphql(name = "RU")]
    Ru,
    /// Rwanda.
    #[graphql(name = "RW")]
    Rw,
    /// Saudi Arabia.
    #[graphql(name = "SA")]
    Sa,
    /// Solomon Islands.
    #[graphql(name = "SB")]
    Sb,
    /// Seychelles.
    #[graphql(name = "SC")]
    Sc,
    /// Sudan.
    #[graphql(name = "SD")]
    Sd,
    /// Sweden.
    #[graphql(name = "SE")]
    Se,
    /// Singapore.
    #[graphql(name = "SG")]
    Sg,
    /// St. Helena.
    #[graphql(name = "SH")]
    Sh,
    /// Slovenia.
    #[graphql(name = "SI")]
    Si,
    /// Svalbard & Jan Mayen.
    #[graphql(name = "SJ")]
    Sj,
    /// Slovakia.
    #[graphql(name = "SK")]
    Sk,
    /// Sierra Leone.
    #[graphql(name = "SL")]
    Sl,
    /// San Marino.
    #[graphql(name = "SM")]
    Sm,
    /// Senegal.
    #[graphql(name = "SN")]
    Sn,
    /// Somalia.
    #[graphql(name = "SO")]
    So,
    /// Suriname.
    #[graphql(name = "SR")]
    Sr,
    /// South Sudan.
    #[graphql(name = "SS")]
    Ss,
    /// São Tomé & Príncipe.
    #[graphql(name = "ST")]
    St,
    /// El Salvador.
    #[graphql(name = "SV")]
    Sv,
    /// Sint Maarten.
    #[graphql(name = "SX")]
    Sx,
    /// Syria.
    #[graphql(name = "SY")]
    Sy,
    /// Eswatini.
    #[graphql(name = "SZ")]
    Sz,
    /// Tristan da Cunha.
    #[graphql(name = "TA")]
    Ta,
    /// Turks & Caicos Islands.
    #[graphql(name = "TC")]
    Tc,
    /// Chad.
    #[graphql(name = "TD")]
    Td,
    /// French Southern Territories.
    #[graphql(name = "TF")]
    Tf,
    /// Togo.
    #[graphql(name = "TG")]
    Tg,
    /// Thailand.
    #[graphql(name = "TH")]
    Th,
    /// Tajikistan.
    #[graphql(name = "TJ")]
    Tj,
    /// Tokelau.
    #[graphql(name = "TK")]
    Tk,
    /// Timor-Leste.
    #[graphql(name = "TL")]
    Tl,
    /// Turkmenistan.
    #[graphql(name = "TM")]
    Tm,
    /// Tunisia.
    #[graphql(name = "TN")]
    Tn,
    /// Tonga.
    #[graphql(name = "TO")]
    To,
    /// Türkiye.
    #[graphql(name = "TR")]
    Tr,
    /// Trinidad & Tobago.
    #[graphql(name = "TT")]
    Tt,
    /// Tuvalu.
    #[graphql(name = "TV")]
    Tv,
    /// Taiwan.
    #[graphql(name = "TW")]
    Tw,
    /// Tanzania.
    #[graphql(name = "TZ")]
    Tz,
    /// Ukraine.
    #[graphql(name = "UA")]
    Ua,
    /// Uganda.
    #[graphql(name = "UG")]
    Ug,
    /// U.S. Outlying Islands.
    #[graphql(name = "UM")]
    Um,
    /// United States.
    #[graphql(name = "US")]
    Us,
    /// Uruguay.
    #[graphql(name = "UY")]
    Uy,
    /// Uzbekistan.
    #[graphql(name = "UZ")]
    Uz,
    /// Vatican City.
    #[graphql(name = "VA")]
    Va,
    /// St. Vincent & Grenadines.
    #[graphql(name = "VC")]
    Vc,
    /// Venezuela.
    #[graphql(name = "VE")]
    Ve,
    /// British Virgin Islands.
    #[graphql(name = "VG")]
    Vg,
    /// Vietnam.
    #[graphql(name = "VN")]
    Vn,
    /// Vanuatu.
    #[graphql(name = "VU")]
    Vu,
    /// Wallis & Futuna.
    #[graphql(name = "WF")]
    Wf,
    /// Samoa.
    #[graphql(name = "WS")]
    Ws,
    /// Kosovo.
    #[graphql(name = "XK")]
    Xk,
    /// Yemen.
    #[graphql(name = "YE")]
    Ye,
    /// Mayotte.
    #[graphql(name = "YT")]
    Yt,
    /// South Africa.
    #[graphql(name = "ZA")]
    Za,
    /// Zambia.
    #[graphql(name = "ZM")]
    Zm,
    /// Zimbabwe.
    #[graphql(name = "ZW")]
    Zw,
    /// Unknown region.
    #[graphql(name = "ZZ")]
    Zz,
}

impl CountryCode {
    /// Every code with its value.
    pub const ALL: &[(&str, Self)] = &[
        ("AC", Self::Ac),
        ("AD", Self::Ad),
        ("AE", Self::Ae),
        ("AF", Self::Af),
        ("AG", Self::Ag),
        ("AI", Self::Ai),
        ("AL", Self::Al),
        ("AM", Self::Am),
        ("AN", Self::An),
        ("AO", Self::Ao),
        ("AR", Self::Ar),
        ("AT", Self::At),
        ("AU", Self::Au),
        ("AW", Self::Aw),
        ("AX", Self::Ax),
        ("AZ", Self::Az),
        ("BA", Self::Ba),
        ("BB", Self::Bb),
        ("BD", Self::Bd),
        ("BE", Self::Be),
        ("BF", Self::Bf),
        ("BG", Self::Bg),
        ("BH", Self::Bh),
        ("BI", Self::Bi),
        ("BJ", Self::Bj),
        ("BL", Self::Bl),
        ("BM", Self::Bm),
        ("BN", Self::Bn),
        ("BO", Self::Bo),
        ("BQ", Self::Bq),
        ("BR", Self::Br),
        ("BS", Self::Bs),
        ("BT", Self::Bt),
        ("BV", Self::Bv),
        ("BW", Self::Bw),
        ("BY", Self::By),
        ("BZ", Self::Bz),
        ("CA", Self::Ca),
        ("CC", Self::Cc),
        ("CD", Self::Cd),
        ("CF", Self::Cf),
        ("CG", Self::Cg),
        ("CH", Self::Ch),
        ("CI", Self::Ci),
        ("CK", Self::Ck),
        ("CL", Self::Cl),
        ("CM", Self::Cm),
        ("CN", Self::Cn),
        ("CO", Self::Co),
        ("CR", Self::Cr),
        ("CU", Self::Cu),
        ("CV", Self::Cv),
        ("CW", Self::Cw),
        ("CX", Self::Cx),
        ("CY", Self::Cy),
        ("CZ", Self::Cz),
        ("DE", Self::De),
        ("DJ", Self::Dj),
        ("DK", Self::Dk),
        ("DM", Self::Dm),
        ("DO", Self::Do),
        ("DZ", Self::Dz),
        ("EC", Self::Ec),
        ("EE", Self::Ee),
        ("EG", Self::Eg),
        ("EH", Self::Eh),
        ("ER", Self::Er),
        ("ES", Self::Es),
        ("ET", Self::Et),
        ("FI", Self::Fi),
        ("FJ", Self::Fj),
        ("FK", Self::Fk),
        ("FO", Self::Fo),
        ("FR", Self::Fr),
        ("GA", Self::Ga),
        ("GB", Self::Gb),
        ("GD", Self::Gd),
        ("GE", Self::Ge),
        ("GF", Self::Gf),
        ("GG", Self::Gg),
        ("GH", Self::Gh),
        ("GI", Self::Gi),
        ("GL", Self::Gl),
        ("GM", Self::Gm),
        ("GN", Self::Gn),
        ("GP", Self::Gp),
        ("GQ", Self::Gq),
        ("GR", Self::Gr),
        ("GS", Self::Gs),
        ("GT", Self::Gt),
        ("GW", Self::Gw),
        ("GY", Self::Gy),
        ("HK", Self::Hk),
        ("HM", Self::Hm),
        ("HN", Self::Hn),
        ("HR", Self::Hr),
        ("HT", Self::Ht),
        ("HU", Self::Hu),
        ("ID", Self::Id),
        ("IE", Self::Ie),
        ("IL", Self::Il),
        ("IM", Self::Im),
        ("IN", Self::In),
        ("IO", Self::Io),
        ("IQ", Self::Iq),
        ("IR", Self::Ir),
        ("IS", Self::Is),
        ("IT", Self::It),
        ("JE", Self::Je),
        ("JM", Self::Jm),
        ("JO", Self::Jo),
        ("JP", Self::Jp),
        ("KE", Self::Ke),
        ("KG", Self::Kg),
        ("KH", Self::Kh),
        ("KI", Self::Ki),
        ("KM", Self::Km),
        ("KN", Self::Kn),
        ("KP", Self::Kp),
        ("KR", Self::Kr),
        ("KW", Self::Kw),
        ("KY", Self::Ky),
        ("KZ", Self::Kz),
        ("LA", Self::La),
        ("LB", Self::Lb),
        ("LC", Self::Lc),
        ("LI", Self::Li),
        ("LK", Self::Lk),
        ("LR", Self::Lr),
        ("LS", Self::Ls),
        ("LT", Self::Lt),
        ("LU", Self::Lu),
        ("LV", Self::Lv),
        ("LY", Self::Ly),
        ("MA", Self::Ma),
        ("MC", Self::Mc),
        ("MD", Self::Md),
        ("ME", Self::Me),
        ("MF", Self::Mf),
        ("MG", Self::Mg),
        ("MK", Self::Mk),
        ("ML", Self::Ml),
        ("MM", Self::Mm),
        ("MN", Self::Mn),
        ("MO", Self::Mo),
        ("MQ", Self::Mq),
        ("MR", Self::Mr),
        ("MS", Self::Ms),
        ("MT", Self::Mt),
        ("MU", Self::Mu),
        ("MV", Self::Mv),
        ("MW", Self::Mw),
        ("MX", Self::Mx),
        ("MY", Self::My),
        ("MZ", Self::Mz),
        ("NA", Self::Na),
        ("NC", Self::Nc),
        ("NE", Self::Ne),
        ("NF", Self::Nf),
        ("NG", Self::Ng),
        ("NI", Self::Ni),
        ("NL", Self::Nl),
        ("NO", Self::No),
        ("NP", Self::Np),
        ("NR", Self::Nr),
        ("NU", Self::Nu),
        ("NZ", Self::Nz),
        ("OM", Self::Om),
        ("PA", Self::Pa),
        ("PE", Self::Pe),
        ("PF", Self::Pf),
        ("PG", Self::Pg),
        ("PH", Self::Ph),
        ("PK", Self::Pk),
        ("PL", Self::Pl),
        ("PM", Self::Pm),
        ("PN", Self::Pn),
        ("PS", Self::Ps),
        ("PT", Self::Pt),
        ("PY", Self::Py),
        ("QA", Self::Qa),
        ("RE", Self::Re),
        ("RO", Self::Ro),
        ("RS", Self::Rs),
        ("RU", Self::Ru),
        ("RW", Self::Rw),
        ("SA", Self::Sa),
        ("SB", Self::Sb),
        ("SC", Self::Sc),
        ("SD", Self::Sd),
        ("SE", Self::Se),
        ("SG", Self::Sg),
        ("SH", Self::Sh),
        ("SI", Self::Si),
        ("SJ", Self::Sj),
        ("SK", Self::Sk),
        ("SL", Self::Sl),
        ("SM", Self::Sm),
        ("SN", Self::Sn),
        ("SO", Self::So),
        ("SR", Self::Sr),
        ("SS", Self::Ss),
        ("ST", Self::St),
        ("SV", Self::Sv),
        ("SX", Self::Sx),
        ("SY", Self::Sy),
        ("SZ", Self::Sz),
        ("TA", Self::Ta),
        ("TC", Self::Tc),
        ("TD", Self::Td),
        ("TF", Self::Tf),
        ("TG", Self::Tg),
        ("TH", Self::Th),
        ("TJ", Self::Tj),
        ("TK", Self::Tk),
        ("TL", Self::Tl),
        ("TM", Self::Tm),
        ("TN", Self::Tn),
        ("TO", Self::To),
        ("TR", Self::Tr),
        ("TT", Self::Tt),
        ("TV", Self::Tv),
        ("TW", Self::Tw),
        ("TZ", Self::Tz),
        ("UA", Self::Ua),
        ("UG", Self::Ug),
        ("UM", Self::Um),
        ("US", Self::Us),
        ("UY", Self::Uy),
        ("UZ", Self::Uz),
        ("VA", Self::Va),
        ("VC", Self::Vc),
        ("VE", Self::Ve),
        ("VG", Self::Vg),
        ("VN", Self::Vn),
        ("VU", Self::Vu),
        ("WF", Self::Wf),
        ("WS", Self::Ws),
        ("XK", Self::Xk),
        ("YE", Self::Ye),
        ("YT", Self::Yt),
        ("ZA", Self::Za),
        ("ZM", Self::Zm),
        ("ZW", Self::Zw),
        ("ZZ", Self::Zz),
    ];

    /// The value of a code; `None` for an unknown one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let place = Self::ALL.binary_search_by_key(&code, |(known, _)| known).ok()?;
        Self::ALL.get(place).map(|(_, value)| *value)
    }

    /// The code.
    #[must_use]
    pub fn code(self) -> &'static str {
        // The list is sorted by code and so are the variants: a short scan finds it.
        Self::ALL.iter().find(|(_, value)| *value == self).map_or("", |(code, _)| code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_round_trip() {
        assert!(CountryCode::ALL.is_sorted_by_key(|(code, _)| *code));
        for (code, value) in CountryCode::ALL {
            assert_eq!(CountryCode::from_code(code), Some(*value));
            assert_eq!(value.code(), *code);
        }
        assert_eq!(CountryCode::from_code("??"), None);
    }
}
