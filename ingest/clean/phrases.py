"""What menus, consent texts, share bars and author boxes say in Swedish, German, English and a few more.

Pure data: one string of phrases a family, "a|b|c". `ingest.clean.lexicon` looks them up.
"""

from __future__ import annotations

# A line that opens with one of these points to other texts.
RELATED = (
    "läs mer|läs också|läs även|läs vidare|läs hela|läs fler|läs artikeln|se även|se också|missa inte|"
    "mer om|mer från|relaterat|relaterade|rekommenderat|rekommenderade|mest läst|mest lästa|"
    "senaste nytt|senaste nyheterna|fler nyheter|fler artiklar|lyssna på|andra läser|populärt|trend|"
    "dagens|toppnyheter|nyast|siehe auch|lesen sie auch|lesen sie|lies auch|lies mehr|mehr zum thema|"
    "mehr zu|mehr dazu|mehr aus|mehr über|auch interessant|auch spannend|das könnte sie|"
    "das könnte dich|weitere artikel|weitere themen|weitere nachrichten|weitere meldungen|"
    "weiteres zum thema|ähnliche artikel|ähnliche beiträge|meistgelesen|am meisten gelesen|"
    "meist gelesen|mehr lesen|weiterlesen|zum thema|zum artikel|lesetipp|lesetipps|empfohlen|"
    "empfehlung|passend dazu|passend zum thema|themen|schlagwörter|schlagworte|hier geht es|zurück zur|"
    "aktuelle nachrichten|neueste|beliebteste|nächster artikel|vorheriger artikel|read more|read also|"
    "read next|read:|read full|see also|see more|also read|also see|related|more on|more from|"
    "more about|more like|more stories|more in|most read|most popular|most viewed|recommended|"
    "you may also|you might also|don't miss|don’t miss|trending|top stories|latest|editor's picks|"
    "editors' picks|editor’s picks|editors’ picks|up next|watch:|watch more|listen:|what to read next|"
    "what's next|topics|tags|tagged|keep reading|continue reading|click here to|next article|"
    "previous article|next post|previous post|in this article|popular|in other news|elsewhere|"
    "from our partners|around the web|promoted|les også|les mer|les hele|mest lest|siste nytt|"
    "flere saker|relaterte|læs også|læs mere|mest læste|se også|lees meer|lees ook|lire aussi|à lire|"
    "voir aussi|lea también|leer también|le puede interesar|leggi anche|czytaj też|czytaj także|"
    "czytaj więcej|zobacz też|lue myös|lue lisää|leia também|leia mais|saiba mais"
)

# Of these, the ones that say nothing else: they point to another text whatever follows.
POINTER = (
    "läs mer|läs också|läs även|läs vidare|läs hela|läs fler|läs artikeln|se även|relaterat|"
    "rekommenderat|mest läst|mest lästa|senaste nytt|fler nyheter|fler artiklar|siehe auch|"
    "lesen sie auch|lesen sie hier|lesen sie mehr|lesen sie dazu|lesen sie weiter|lies auch|lies mehr|"
    "lies hier|mehr zum thema|mehr dazu|auch interessant|auch spannend|das könnte sie auch|"
    "das könnte dich auch|das könnte sie interessieren|weitere artikel|weitere meldungen|"
    "ähnliche artikel|ähnliche beiträge|meistgelesen|weiterlesen|lesetipp|passend dazu|"
    "passend zum thema|read more|read also|read next|read:|read full|see also|also read|also see|"
    "you may also|you might also|more stories|most read|most popular|related articles|related stories|"
    "editor's picks|editor’s picks|recommended for you|up next|what to read next|keep reading|"
    "click here to|next article|previous article|les også|les mer|læs også|læs mere|mest lest|"
    "lees meer|lees ook|lire aussi|à lire aussi|lea también|leer también|leggi anche|czytaj też|"
    "czytaj także|lue myös|leia também|leia mais"
)
# Whole lines (or near-whole) of the page's controls.
CONTROLS = (
    "loading|laddar|lädt|wird geladen|stäng|schließen|close|öppna|open|meny|menü|menu|sök|suche|suchen|"
    "search|dela|dela artikeln|dela artikel|dela med sig|dela den här artikeln|dela på|share|"
    "share this|share article|share this article|share on|share with|share via|teilen|artikel teilen|"
    "teile|delen|del|del artikkelen|partager|kopiera länk|kopiera länken|copy link|link kopieren|"
    "link kopiert|facebook|twitter|x|whatsapp|instagram|linkedin|telegram|threads|bluesky|mastodon|"
    "pinterest|reddit|tiktok|youtube|rss|xing|flipboard|pocket|e-mail|email|e-post|mejl|mail|per mail|"
    "drucken|print|skriv ut|spara|save|speichern|merken|gemerkt|gilla|like|följ|följ oss|follow|"
    "follow us|folgen|folgen sie uns|följ ämnet|tipsa|tipsa oss|tipsa redaktionen|feedback|kontakt|"
    "kontakta oss|contact|contact us|om oss|über uns|about|about us|impressum|datenschutz|agb|"
    "nutzungsbedingungen|barrierefreiheit|privacy policy|privacy|terms of use|terms of service|terms|"
    "terms and conditions|cookie policy|integritetspolicy|cookie-inställningar|"
    "datenschutzeinstellungen|hem|home|startseite|start|hoppa till|skip to|zum inhalt|zum hauptinhalt|"
    "nyheter|nachrichten|news|annons|anzeige|anzeigen|werbung|advertisement|advertisements|ad|ads|"
    "advertising|reklam|sponsrat|sponsored|sponsored content|annonse|annonsørinnhold|publicité|"
    "publicidad|logga in|log in|login|sign in|logout|log out|anmelden|abmelden|einloggen|registrieren|"
    "konto|mein konto|my account|account|prenumerera|bli prenumerant|subscribe|subscribe now|"
    "abonnieren|abo|jetzt abonnieren|abonnement|newsletter|newsletters|nyhetsbrev|kommentarer|"
    "kommentera|kommentare|kommentar|comments|comment|leave a reply|leave a comment|"
    "leave a reply cancel reply|skriv en kommentar|lämna en kommentar|kommentar schreiben|"
    "post a comment|join the conversation|view comments|show comments|add a comment|visa fler|visa mer|"
    "mehr anzeigen|mehr laden|mehr|show more|load more|view more|view all|see all|alle anzeigen|alle|"
    "all|nästa|föregående|weiter|zurück|next|previous|back|back to top|nach oben|till toppen|play|"
    "pause|lyssna|listen|anhören|artikel anhören|listen to this article|abspielen|video|videos|bilder|"
    "bildergalerie|galerie|gallery|foto|photos|podcast|podcasts|ok|okej|accept|accept all|acceptera|"
    "acceptera alla|akzeptieren|alle akzeptieren|ablehnen|avvisa|reject|inställningar|einstellungen|"
    "settings|publicerad|publicerat|publicerade|published|veröffentlicht|uppdaterad|updated|"
    "aktualisiert|on|by|von|av|quelle|quellen|source|sources|källa|källor|autor|autorin|författare|"
    "author|authors|redaktion|topics|ämnen|themen|tags|etiketter|taggar|sport|kultur|wirtschaft|"
    "politik|ekonomi|business|e-paper|epaper|epost|shop|jobs|karriär|karriere|careers|premium|plus|"
    "breaking|live|quiz|spiele|games|rätsel|rewrite|edit|redigera|bearbeiten|translate|übersetzen|"
    "original|english|deutsch|svenska|français|español"
)

# Words of consent, cookie, ad-blocker, subscription and account texts, anywhere in a line.
CONSENT = (
    "cookie|cookies|kakor|samtycke|samtycker|samtyckt|integritetspolicy|personuppgifter|"
    "personuppgiftspolicy|användarvillkor|annonsblockerare|adblock|adblocker|ad blocker|ad-blocker|"
    "werbeblocker|werbebanner|adblock plus|einwilligung|einwilligen|zustimmung|datenschutzerklärung|"
    "datenschutzbestimmungen|datenschutzhinweise|nutzungsbedingungen|personenbezogene daten|"
    "personenbezogenen daten|drittanbieter|externen inhalt|externe inhalte|externer inhalt|consent|"
    "privacy policy|privacy notice|privacy statement|terms of use|terms of service|"
    "terms and conditions|third-party|browser|javascript|e-postadress|email address|e-mail address|"
    "e-mail-adresse|your email|your inbox|inkorg|posteingang|postfach|samtykke|informasjonskapsler|"
    "personvern|privatliv"
)
SUBSCRIBE = (
    "newsletter|newsletters|nyhetsbrev|nyhetstjänst|prenumerera|prenumeration|prenumerationen|"
    "prenumerant|registrering|registrera dig|subscribe|subscriber|subscribers|subscription|"
    "subscriptions|sign up|signing up|unsubscribe|abonnieren|abonniere|abonnent|abonnenten|abonnement|"
    "abonnements|abo|probeabo|abonner|abonnér|push-nachrichten|push notifications|pushnotiser|logga in|"
    "log in|einloggen|free trial|app store|google play|whatsapp-kanal|whatsapp channel|följ oss|"
    "follow us|folge uns|folgen sie uns|klicka här|klicke hier|klicken sie hier|click here"
)
# Names of other channels and of accounts: common in articles too, so weaker.
CHANNEL = (
    "facebook|twitter|instagram|tiktok|linkedin|youtube|google news|telegram|whatsapp|bluesky|threads|"
    "anmelden|registrieren|konto|account|kostenlos|kostnadsfri|kostnadsfria|login|notifications|jämför|"
    "angebot|podcast|app"
)
RIGHTS = (
    "copyright|all rights reserved|alle rechte vorbehalten|alla rättigheter|rights reserved|"
    "ansvarig utgivare|chefredaktör|redaktionschef|impressum|verantwortlich|issn|org.nr|"
    "alle rettigheter|ansvarlig redaktør|registered in england|all content|may not be reproduced|"
    "may not be published"
)
# The views and duties of the publisher, in full sentences.
DISCLAIMER = (
    "åsikter som uttrycks|åsikter som framförs|de ståndpunkter som|skribentens egna|"
    "skribentens åsikter|åsikterna är skribentens|externa källor som uttrycker|meinung der redaktion|"
    "meinung des autors wieder|nicht die meinung der|gibt nicht die|the views expressed|"
    "views expressed in|views and opinions|opinions expressed|the author's own|the author’s own|"
    "for informational purposes|financial advice|investment advice|keine anlageberatung|anlageberatung|"
    "totalverlust|affiliate|affiliate links|affiliate link|affiliate-links|earn a commission|"
    "erhalten wir eine provision|pressetiska reglerna|pressekodex|branschorganisation|"
    "medlem i tidningsutgivarna|redaktionsstadgan|vær varsom|pressens faglige|editorial guidelines|"
    "editorial standards|editorial policy|code of conduct|netiquette|hausordnung|kommentarregler|"
    "kommentarsregler|community guidelines|community-richtlinien|oberoende nyhetssajt|sveriges största|"
    "deutschlands größte|world’s largest|world's largest|das beliebte magazin|auf unserem portal|"
    "auf unserem magazin|på vår sajt|on our site|on our website|in echtzeit auf"
)
# Stands where a page would show a third party's post or video, or says how a text was made.
EMBED = (
    "eingebettete inhalte|externen inhalt|externe inhalte|externer inhalt|externer inhalte|"
    "inhalte anzuzeigen|inhalt anzuzeigen|inhalt angezeigt|redaktionell empfohlener|"
    "empfohlener redaktioneller inhalt|empfohlener externer inhalt|an dieser stelle finden sie|"
    "mit ihrer zustimmung|mit deiner zustimmung|social media inhalte|maschinelle übersetzung|"
    "automatisiert übersetzt|externt innehåll|inbäddat innehåll|visa innehållet|för att se innehållet|"
    "embedded content|external content|to view this content|this content is hosted|"
    "this content is provided|allow cookies|show content|view this post|see this content|"
    "a post shared by|machine translation|automatically translated|ad block|ad blocker|adblocker|"
    "please enable|disable your ad|sammendraget er laget|eksternt innhold|vis innhold"
)
# An author's box.
BIO = (
    "reporter på|är reporter|är journalist|är redaktör|är skribent|är frilans|är krönikör|"
    "är ledarskribent|är politisk redaktör|redaktör på|ist redakteur|ist redakteurin|ist korrespondent|"
    "ist korrespondentin|ist autor|ist autorin|ist freier|ist freie|ist journalist|ist journalistin|"
    "arbeitet als|schreibt für|schreibt über|redakteur bei|redakteurin bei|berichtet für|volontär|"
    "volontärin|is a reporter|is a journalist|is a staff writer|is a senior|is a freelance|"
    "is a contributing|is the author of|is an author|is an editor|is the editor|is a writer|"
    "is a columnist|is a correspondent|is a producer|is a contributor|is a breaking news|is a fellow|"
    "is a professor of|is editor|covers the|covers politics|reporter at|reporter for|journalist at|"
    "correspondent for|follow him|follow her|follow them|you can follow|can be reached|reach him|"
    "reach her|email him|email her|contact the author|got a tip|send tips|has been covering|"
    "er journalist|journalist i|reporter in"
)
# Opens a credit, or ends a caption.
CREDIT = (
    "foto|fotos|bild|bilder|bildquelle|bildrechte|fotograf|photo|photos|photograph|photographer|"
    "photo by|image|images|image credit|image source|picture|pictures|pic|credit|credits|quelle|"
    "quellen|source|källa|illustration|grafik|graphic|graphics|video|kamera|skärmdump|screenshot|"
    "arkivbild|arkivfoto|archivbild|symbolbild|symbolfoto|genrebild|pressbild|pressefoto|file photo|"
    "file image|collage|montage|fotomontage|copyright|text|text und foto"
)
AGENCY = (
    "getty|afp|dpa|reuters|ap photo|epa|imago|picture alliance|picture-alliance|ntb|scanpix|"
    "tt nyhetsbyrån|apa|keystone|shutterstock|istock|unsplash|pixabay|alamy|bloomberg|xinhua|anadolu|"
    "sipa|pa images|pa wire|pa media|zuma|bildbyrån|efe|europa press|tass|ansa|kna|epd|ritzau|"
    "instagram|via getty images|ddp|afp via|reuters archive|getty images|wireimage|adobe stock"
)
# German "Sie" and "Ihr" are told from "sie" and "ihr" by their capital, in features.py.
READER = "du|dig|din|ditt|dina|ni|you|your|yours|dich|dir|dein|deine|deinen|deinem|deiner|euch|eure|deg"
OURSELVES = (
    "vi|vår|vårt|våra|oss|wir|unser|unsere|unserer|unseren|unserem|unseres|uns|we|our|ours|våre|"
    "redaktionen|redaktion|newsroom"
)
ROLES = (
    "publisher|chefredaktör|politisk chefredaktör|opinionschef|sportchef|kulturchef|nyhetschef|"
    "redaktionschef|ansvarig utgivare|vd|webbredaktör|kulturredaktör|redaktör|reporter|fotograf|"
    "grafiker|utvecklare|annonser|annonsering|kundtjänst|växel|chefredakteur|chefredakteurin|"
    "chefredaktion|redaktionsleitung|geschäftsführer|geschäftsführung|herausgeber|herausgeberin|"
    "verantwortlicher redakteur|verlag|anzeigenleitung|editor-in-chief|editor in chief|managing editor|"
    "news editor|sports editor|culture editor|opinion editor|executive editor|deputy editor|editor|"
    "chief executive|ceo|advertising|ansvarlig redaktør|sjefredaktør|nyhetssjef"
)
MONTHS = (
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|januar|"
    "jänner|februar|märz|mai|august|dezember|january|february|march|may|june|july|october|desember|jan|"
    "feb|mar|apr|jun|jul|aug|sep|sept|okt|oct|nov|dec|dez|des"
)
# Frequent small words of sv, de, en (and Norwegian, Danish); their share tells prose from lists.
STOPWORDS = frozenset(
    (
        "a aber about all alla als am an and andra any are as at att auch auf aus av be been bei bis but by can could "
        "das dass de dem den der des det die diese do durch där efter ein eine einem einen einer eller en er es et "
        "ett finns first for fra from från får för für gegen habe haben had hade han har has hat hatte have he her "
        "him his hon i if ihr ikke im in inte into is ist it its jag kan kann kommer können like man may med mehr men "
        "mit more mot my mycket nach new nicht no noch not now nu nur när och också oder of og om on one only or "
        "other our out over på said schon seg sehr sei sein seine she sich sie sig sin sind ska skulle so soll som "
        "some such säger så than that the their them then there these they this til till time to two um und under "
        "unter up ut var vara vi vid vil vom von vor war was we wenn werden were what when which who wie will wir "
        "wird with would wurde you zu zum zur än är å år über"
    ).split()
)
