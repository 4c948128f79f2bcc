/** Where demo users live: their share, the zone's standard offset, and the names that are common there. */
export interface Country {
  code: string;
  weight: number;
  /** Minutes east of UTC, without daylight saving: the same on every machine. */
  offset: number;
  given: readonly string[];
  family: readonly string[];
  familyFirst?: true;
}

function country(code: string, weight: number, offset: number, given: string, family: string): Country {
  return { code, weight, offset, given: given.split(" "), family: family.split(" ") };
}

function familyFirst(code: string, weight: number, offset: number, given: string, family: string): Country {
  return { ...country(code, weight, offset, given, family), familyFirst: true };
}

const AMERICAS: readonly Country[] = [
  country(
    "US",
    14,
    -300,
    "Ava Mason Harper Logan Nora Wyatt Hazel Caleb Ruby Elijah Maya Owen Grace Julian Stella Levi",
    "Carter Brooks Reed Hayes Foster Bennett Coleman Ward Jenkins Perry Russell Griffin Howard Bryant",
  ),
  country(
    "US",
    8,
    -480,
    "Chloe Ethan Zoe Aiden Lily Dylan Naomi Isaac Violet Adrian Ivy Marcus",
    "Nguyen Garcia Kim Morales Sullivan Castro Barrett Lowe Ramirez Fox Chen Delgado",
  ),
  country(
    "CA",
    4,
    -300,
    "Noémie Liam Maëlle Félix Charlotte Nathan Juliette Samuel Claire Benoît",
    "Tremblay Gagnon MacDonald Bouchard Campbell Pelletier Fraser Lavoie Singh Morin",
  ),
  country(
    "MX",
    4,
    -360,
    "Ximena Diego Valeria Emiliano Renata Santiago Regina Iker Fernanda Leonardo",
    "Hernández Martínez López Ramírez Flores Cruz Ortega Vázquez Rojas Mendoza",
  ),
  country(
    "BR",
    6,
    -180,
    "Larissa Thiago Júlia Rafael Beatriz João Camila Gustavo Letícia Vinícius Antônia Caio",
    "Silva Souza Oliveira Pereira Almeida Barbosa Ribeiro Araújo Cardoso Teixeira Gonçalves",
  ),
  country(
    "AR",
    3,
    -180,
    "Martina Lautaro Catalina Benjamín Delfina Joaquín Malena Facundo",
    "González Fernández Sosa Romero Benítez Acosta Peralta Giménez",
  ),
];

const EUROPE: readonly Country[] = [
  country(
    "GB",
    9,
    0,
    "Imogen Alfie Freya Rhys Isla Callum Poppy Angus Niamh Harvey Eleanor Kieran",
    "Hughes Walker Patel Thompson Edwards Begum Fletcher Stewart Kaur Whitaker Doyle Ashworth",
  ),
  country(
    "DE",
    10,
    60,
    "Lena Jonas Mia Felix Johanna Lukas Greta Moritz Frieda Tobias Jürgen Käthe",
    "Müller Schneider Weiß Köhler Bauer Vogel Schröder Krüger Lindner Yılmaz Brandt Günther",
  ),
  country(
    "FR",
    7,
    60,
    "Camille Hugo Manon Théo Inès Lucas Zoé Raphaël Éloïse Mathis Anaïs Rémi",
    "Lefèvre Moreau Girard Bonnet Rousseau Fontaine Chevalier Benali Garnier Dubois",
  ),
  country(
    "ES",
    5,
    60,
    "Lucía Álvaro Carmen Pablo Nerea Íñigo Marta Sergio Jimena Rubén",
    "Navarro Torres Domínguez Gil Serrano Molina Ibáñez Castro Vidal Ortiz",
  ),
  country(
    "IT",
    5,
    60,
    "Giulia Matteo Chiara Lorenzo Sofia Niccolò Alice Davide Elisa Tommaso",
    "Rossi Ferrari Esposito Ricci Marino Greco Conti Gallo De_Luca Fontana",
  ),
  country(
    "NL",
    4,
    60,
    "Fleur Daan Sanne Bram Lotte Sem Noor Thijs",
    "de_Vries van_den_Berg Bakker Visser Smit Meijer de_Boer Mulder",
  ),
  country(
    "PL",
    4,
    60,
    "Zofia Jakub Maja Szymon Hanna Wojciech Oliwia Łukasz",
    "Nowak Wiśniewska Wójcik Kamiński Zielińska Szymański Dąbrowska Woźniak",
  ),
  country(
    "SE",
    3,
    60,
    "Astrid Oskar Saga Viggo Ebba Åke Maja Nils",
    "Lindqvist Åkesson Bergström Nyström Öberg Sandberg Holm Ekdahl",
  ),
  country(
    "GR",
    2,
    120,
    "Eleni Giorgos Katerina Nikos Danai Stavros",
    "Papadopoulou Ioannidis Vlachos Georgiou Nikolaidis",
  ),
  country(
    "UA",
    3,
    120,
    "Oksana Taras Daryna Bohdan Sofiia Andriy",
    "Shevchenko Kovalenko Bondar Tkachenko Melnyk Kravets",
  ),
  familyFirst("HU", 2, 60, "Réka Bence Luca Ádám Zsófia Máté", "Nagy Kovács Tóth Szabó Horváth Kiss"),
];

const AFRICA_AND_ASIA: readonly Country[] = [
  country(
    "TR",
    3,
    180,
    "Elif Emre Zeynep Kerem Defne Çağlar İpek Ozan",
    "Yıldız Kaya Demir Şahin Aydın Öztürk Arslan Doğan",
  ),
  country(
    "NG",
    4,
    60,
    "Chiamaka Tunde Ngozi Emeka Folake Ibrahim Amara Segun",
    "Okafor Adeyemi Eze Balogun Abubakar Nwosu Ogunleye",
  ),
  country(
    "KE",
    2,
    180,
    "Wanjiru Otieno Achieng Kamau Njeri Kiprop",
    "Mwangi Odhiambo Kariuki Cheruiyot Wambui Omondi",
  ),
  country(
    "ZA",
    2,
    120,
    "Thandiwe Sipho Anneke Pieter Lerato Kagiso",
    "Nkosi van_der_Merwe Dlamini Botha Naidoo Mokoena",
  ),
  country(
    "EG",
    3,
    120,
    "Nour Omar Salma Youssef Mariam Karim",
    "Hassan El-Sayed Mansour Fahmy Abdelrahman Saleh",
  ),
  country(
    "IR",
    2,
    210,
    "Shirin Arash Niloufar Kaveh Parisa Dariush",
    "Ahmadi Karimi Rostami Hosseini Moradi",
  ),
  country(
    "IN",
    9,
    330,
    "Ananya Arjun Diya Rohan Kavya Vikram Meera Aditya Isha Karthik Priya Sanjay",
    "Sharma Iyer Reddy Banerjee Nair Gupta Desai Menon Chatterjee Kulkarni Rao Joshi",
  ),
  country(
    "NP",
    2,
    345,
    "Sita Bikash Anjali Prakash Sunita Dipendra",
    "Gurung Tamang Adhikari Shrestha Thapa",
  ),
  familyFirst("VN", 3, 420, "Lan Minh Hương Tuấn Thảo Quân", "Nguyễn Trần Lê Phạm Hoàng Đặng"),
  country("ID", 3, 420, "Putri Budi Dewi Agus Ayu Rizky", "Santoso Wijaya Hidayat Kusuma Pratama Siregar"),
  familyFirst("CN", 5, 480, "Yuxin Haoran Ziyi Junjie Meilin Wenbo", "Wang Li Zhang Liu Chen Zhao Huang"),
  country(
    "JP",
    5,
    540,
    "Sakura Haruto Yui Ren Misaki Sota Aoi Takumi",
    "Satō Suzuki Takahashi Tanaka Itō Watanabe Kobayashi Yamamoto",
  ),
  familyFirst("KR", 3, 540, "Seo-yeon Min-jun Ji-woo Do-yun Ha-eun Hyun-woo", "Kim Lee Park Choi Jung Kang"),
  country(
    "AU",
    4,
    600,
    "Matilda Lachlan Tahlia Cooper Bronte Jarrah Sienna Angus",
    "O'Brien Mitchell Kelly Papadakis Murray Nguyen McKenzie Walsh",
  ),
  country("NZ", 2, 720, "Aroha Nikau Mereana Tane Ruby Finn", "Ngata Wilson Parata Harrison Tamihana Clarke"),
];

export const COUNTRIES: readonly Country[] = [...AMERICAS, ...EUROPE, ...AFRICA_AND_ASIA];
