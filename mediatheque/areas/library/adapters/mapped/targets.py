"""What a column can mean, and how the world's programs name it, in several languages."""

from __future__ import annotations

from typing import Final

_LABELS: Final = {
    "title": "Title",
    "kind": "Kind of work",
    "key": "Row key of the source",
    "original_title": "Original title",
    "sort_title": "Sort title",
    "year": "Year",
    "released_on": "Release date",
    "synopsis": "Synopsis",
    "runtime_minutes": "Running time",
    "age_rating": "Age rating",
    "minimum_age": "Minimum age",
    "season": "Season number",
    "episode": "Episode number",
    "episode_title": "Episode title",
    "genres": "Genres",
    "tags": "Tags",
    "languages": "Languages",
    "countries": "Countries",
    "director": "Director",
    "author": "Author",
    "artist": "Artist",
    "actor": "Cast",
    "writer": "Writer",
    "composer": "Composer",
    "developer": "Developer",
    "illustrator": "Illustrator",
    "narrator": "Narrator",
    "translator": "Translator",
    "publisher": "Publisher or label",
    "pages": "Pages",
    "platform": "Platform",
    "series_name": "Part of the series",
    "series_position": "Number in the series",
    "isbn": "ISBN",
    "barcode": "Bar code",
    "imdb_id": "IMDb id",
    "tmdb_id": "TMDB id",
    "format": "Format",
    "resolution": "Resolution",
    "edition": "Edition",
    "region": "Region",
    "condition": "Condition",
    "location": "Location",
    "library": "Library",
    "price": "Price paid",
    "currency": "Currency",
    "bought_on": "Bought on",
    "loaned_to": "Lent to",
    "loaned_on": "Lent on",
    "signed": "Signed",
    "copies": "Number of copies",
    "copy_notes": "Notes on the copy",
    "notes": "Notes",
    "review": "Review",
    "rating": "Public rating",
    "my_rating": "My rating",
    "status": "Read or watched",
    "finished_on": "Finished on",
    "started_on": "Started on",
    "added_on": "Added on",
}

_ALIASES: Final = {
    "title": "name titel titre titulo titolo naam booktitle movietitle filmtitle albumtitle "
    "gametitle film movie bookname nombre nom werk tittel",
    "kind": "type mediatype itemtype medium category art typ tipo media kategorie mediakind "
    "mediumtype",
    "key": "id bookid itemid entryid uuid rowid recordid index clzid movieid releaseid",
    "original_title": "originaltitel titreoriginal titulooriginal titolooriginale alternatetitle",
    "sort_title": "titlesort sorttitel sortname sortiertitel",
    "year": "jahr annee ano anno jaar releaseyear publicationyear yearpublished yearreleased "
    "originalpublicationyear productionyear erscheinungsjahr released date movieyear "
    "originalreleaseyear",
    "released_on": "releasedate published publicationdate publishdate pubdate datedesortie "
    "erscheinungsdatum datepublished fechadepublicacion",
    "synopsis": "description plot overview summary beschreibung resume inhalt descripcion handlung "
    "blurb sinopsis trama",
    "runtime_minutes": "runtime runtimemins minutes duration runningtime laufzeit duree length "
    "duracion durata mins",
    "age_rating": "mpaarating certification esrb fsk classification esrbrating rated "
    "audiencerating agegroup altersfreigabe",
    "minimum_age": "minage agelimit fromage",
    "season": "seasonnumber staffel saison temporada stagione",
    "episode": "episodenumber folge episodio aflevering",
    "episode_title": "episodename folgentitel",
    "genres": "genre subjects subject genero generi styles style thema gattung sujet",
    "tags": "tag keywords shelves bookshelves labels schlagworte stichworte collections etiquetas "
    "motscles list lists groups group",
    "languages": "language sprache langue idioma lingua taal sprachen audio",
    "countries": "country land pays pais paese productioncountry",
    "director": "directors regie realisateur regisseur regista directedby director1",
    "author": "authors primaryauthor autor autoren auteur autore autores authortext writtenby "
    "secondaryauthors additionalauthors schrijver auteurs creators creator verfasser",
    "artist": "artists band interpret kunstler artiste artista performer albumartist",
    "actor": "cast actors stars schauspieler darsteller acteurs reparto starring besetzung "
    "ensemble",
    "writer": "writers screenplay drehbuch scenariste screenwriter guionista",
    "composer": "composers komponist compositeur compositor",
    "developer": "developers entwickler developpeur studio",
    "illustrator": "illustrators zeichner dessinateur penciller",
    "narrator": "narrators sprecher readby",
    "translator": "translators ubersetzer traducteur",
    "publisher": "publishers verlag editeur editorial label distributor uitgever casaeditrice "
    "plattenfirma editora recordlabel",
    "pages": "numberofpages pagecount seiten nombredepages paginas pagine numpages seitenzahl",
    "platform": "platforms console system plattform konsole plateforme",
    "series_name": "series reihe serie bookseries mainseries",
    "series_position": "seriesindex seriesnumber volume issue volumenumber numberinseries tome",
    "isbn": "isbn13 isbn10 isbnuid isbns eanisbn13 primaryisbn isbnnumber",
    "barcode": "upc ean ean13 gtin eanupc strichcode upcean upcisbn10 codebarre codigodebarras",
    "imdb_id": "imdb const imdburl imdblink tconst imdbnumber",
    "tmdb_id": "tmdb themoviedbid moviedbid",
    "format": "binding bookformat mediaformat formats tragerformat einband formato discformat "
    "physicalformat packaging edicion formattype",
    "resolution": "videoquality quality auflosung",
    "edition": "editionname ausgabe auflage version edicao edizione",
    "region": "regioncode regions zone",
    "condition": "zustand etat mediacondition estado conditiongrade",
    "location": "shelf room standort regal ort emplacement ubicacion storage storagedevice place "
    "callnumber",
    "library": "collection bibliothek sammlung bibliotheque biblioteca libraryname",
    "price": "purchaseprice pricepaid paid preis prix precio kaufpreis cost prezzo "
    "originalpurchaseprice",
    "currency": "wahrung devise moneda",
    "bought_on": "purchasedate purchased acquired datepurchased kaufdatum dateachat bought "
    "dateacquired originalpurchasedate",
    "loaned_to": "lentto borrower loanee verliehenan pretea lendingpatron borrowedby onloanto",
    "loaned_on": "lenton loandate verliehenam lendingstart",
    "signed": "issigned signedby signiert autographed",
    "copies": "quantity ownedcopies anzahl quantite cantidad qty numberofcopies count",
    "copy_notes": "conditiondescription conditionnotes conditioncomments physicaldescription",
    "notes": "note comment privatenotes privatecomment bemerkung notizen remarques notas kommentar "
    "personalnotes bemerkungen comments",
    "review": "myreview reviewcontent reviewtext rezension critique resena recensione",
    "rating": "averagerating imdbrating communityrating netrating publicrating criticrating",
    "my_rating": "rating userrating yourrating starrating score bewertung note5 calificacion "
    "valutazione personalrating userscore youscore",
    "status": "readstatus exclusiveshelf readingstatus shelfname bookshelf watchstatus seen seenit "
    "readit watched gelesen gesehen lu vu hasexperienced leido visto state",
    "finished_on": "dateread watcheddate datewatched finished finishdate lastdateread completed "
    "completedon gelesenam watchedon seenwhen dateseen dateseenon datefinished",
    "started_on": "startdate datestarted began started begonnenam",
    "added_on": "dateadded added created createdat creationdate entrydate timestamp hinzugefugtam "
    "ajoutele datecreated addeddate shelfdate",
}  # fmt: skip

TARGETS: Final = tuple(_LABELS.items())
"""Every meaning a column can have: its name and what people read."""

ALIASES: Final = {
    alias: name
    for name, aliases in _ALIASES.items()
    for alias in (name.replace("_", ""), *aliases.split())
}
"""Normalised column names → meanings."""

JOBS_OF: Final = (
    "director", "author", "artist", "actor", "writer", "composer", "developer", "illustrator",
    "narrator", "translator",
)  # fmt: skip
"""Targets that are credits; each is its own job."""

OWNED_TARGETS: Final = (
    "location", "library", "price", "bought_on", "loaned_to", "loaned_on", "signed", "condition",
    "copies", "copy_notes", "barcode",
)  # fmt: skip
"""Targets that speak of an owned copy: a row that fills one of them is owned."""

RELEASE_TARGETS: Final = ("format", "resolution", "edition", "region")
"""Targets that speak of a release: they make a row owned unless the table tells what was read or
watched, for then they tell what it was read or watched in."""

_STATUS: Final = {
    "finished": "read finished watched completed seen done gelesen gesehen lu vu beendet leido "
    "visto letto played",
    "started": "reading currentlyreading watching inprogress started playing currentlywatching "
    "paused onhold abandoned dropped didnotfinish stopped",
    "wanted": "toread wanttoread planned wishlist towatch plantowatch unread wanted want "
    "plantoread watchlist backlog zulesen alire",
}
STATUS_OF: Final = {word: status for status, words in _STATUS.items() for word in words.split()}
"""Normalised words for what somebody did with a work → our marks."""
