#include "ui/widgets/prompt_field.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QStringListModel>
#include <QVBoxLayout>

#include <algorithm>

#include "core/sample/prompt.h"
#include "ui/theme.h"
#include "ui/widgets/form.h"
#include "ui/widgets/format.h"

namespace gamegpt::ui {

namespace {

constexpr int mostNamed = 3;  // wrong parts that the message names

bool hasWords(const Vocabulary& vocabulary) { return !vocabulary.joins(); }

// What a text is made of: words, or characters. Bytes and merges can write everything and have no parts to check.
std::vector<PromptEdit::Part> partsOf(const QString& text, const Vocabulary& vocabulary) {
    std::vector<PromptEdit::Part> parts;
    const int size = static_cast<int>(text.size());
    if (hasWords(vocabulary)) {
        for (int i = 0; i < size; ++i) {
            if (text[i].isSpace()) continue;
            const int start = i;
            while (i < size && !text[i].isSpace()) ++i;
            parts.push_back({start, i - start});
        }
    } else if (vocabulary.kind() == Vocabulary::Kind::characters) {
        for (int i = 0; i < size; i += parts.back().length)
            parts.push_back({i, text[i].isHighSurrogate() && i + 1 < size ? 2 : 1});
    }
    return parts;
}

QString quoted(const QStringList& names) {
    QString all = QStringLiteral("\u201c") + names.mid(0, mostNamed).join(QStringLiteral("\u201d, \u201c")) +
                  QStringLiteral("\u201d");
    if (names.size() > mostNamed) all += PromptField::tr(" and %1 more").arg(grouped(names.size() - mostNamed));
    return all;
}

}  // namespace

PromptEdit::PromptEdit(QWidget* parent)
    : QLineEdit(parent), m_completer(new QCompleter(this)), m_words(new QStringListModel(this)) {
    m_completer->setModel(m_words);
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setMaxVisibleItems(8);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &PromptEdit::finish);
    connect(this, &QLineEdit::textEdited, this, &PromptEdit::complete);
}

void PromptEdit::setWrong(std::vector<Part> parts) {
    m_wrong = std::move(parts);
    update();
}

void PromptEdit::setWords(const QStringList& words) { m_words->setStringList(words); }

void PromptEdit::complete() {
    const QString before = text().left(cursorPosition());
    const QString word = before.mid(before.lastIndexOf(QLatin1Char(' ')) + 1);
    m_completer->setCompletionPrefix(word);
    const bool whole = m_completer->completionCount() == 1 && m_completer->currentCompletion() == word;
    if (word.isEmpty() || whole || m_completer->completionCount() == 0) return m_completer->popup()->hide();
    m_completer->complete();
}

// The word at the cursor becomes this one.
void PromptEdit::finish(const QString& word) {
    const QString before = text().left(cursorPosition());
    const QString behind = text().mid(cursorPosition());
    const QString begun = before.left(before.lastIndexOf(QLatin1Char(' ')) + 1) + word + QLatin1Char(' ');
    setText(begun + behind);
    setCursorPosition(static_cast<int>(begun.size()));
}

// A wave under each wrong part; where the text stands follows from where its cursor is.
void PromptEdit::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    if (m_wrong.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(rect().adjusted(6, 0, -6, 0));
    painter.setPen(QPen(themeFor(palette()).bad, 1.2));
    const QFontMetricsF metrics(font());
    const auto width = [&](int characters) { return metrics.horizontalAdvance(text().left(characters)); };
    const double left = QRectF(cursorRect()).center().x() - width(cursorPosition());
    const double y = (height() + metrics.ascent() - metrics.descent()) / 2 + 2.5;
    for (const Part& part : m_wrong) {
        const double end = left + width(part.start + part.length);
        QPainterPath wave;
        double x = left + width(part.start);
        wave.moveTo(x, y);
        for (int up = 1; x < end; up = -up) {
            x = std::min(x + 2, end);
            wave.lineTo(x, y + up);
        }
        painter.drawPath(wave);
    }
}

PromptField::PromptField(QWidget* parent)
    : QWidget(parent),
      m_edit(named(new PromptEdit, "promptEdit", tr("Prompt"))),
      m_message(named(makeText({}, "caption"), "promptMessage", tr("About the prompt"))) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    m_edit->setPlaceholderText(tr("Prompt: what samples begin with"));
    m_edit->setClearButtonEnabled(true);
    m_message->hide();
    column->addWidget(m_edit);
    column->addWidget(m_message);
    connect(m_edit, &QLineEdit::textChanged, this, &PromptField::read);
    setVocabulary(nullptr);
}

void PromptField::setVocabulary(std::shared_ptr<const Vocabulary> vocabulary) {
    m_vocabulary = std::move(vocabulary);
    QStringList words;
    if (m_vocabulary && hasWords(*m_vocabulary) && m_vocabulary->kind() != Vocabulary::Kind::numbers)
        for (const std::string& name : m_vocabulary->names()) words << QString::fromStdString(name);
    words.sort(Qt::CaseInsensitive);
    m_edit->setWords(words);
    QString tip = tr("Samples begin with this text.");
    if (m_vocabulary && m_vocabulary->bos())
        tip += tr(" It stands behind %1, the beginning of a document, unless it begins with it.")
                   .arg(QString::fromStdString(m_vocabulary->label(*m_vocabulary->bos())));
    m_edit->setToolTip(tip);
    read();
}

void PromptField::setBlockSize(int blockSize) {
    m_blockSize = blockSize;
    read();
}

void PromptField::read() {
    const QString text = m_edit->text();
    std::vector<TokenId> tokens;
    std::vector<PromptEdit::Part> wrong;
    QStringList names;
    QString known;
    if (m_vocabulary) {
        const std::vector<PromptEdit::Part> parts = partsOf(text, *m_vocabulary);
        for (const PromptEdit::Part& part : parts) {
            const QString name = text.mid(part.start, part.length);
            const bool exists = m_vocabulary->find(name.toStdString()).has_value();
            if (!exists) {
                wrong.push_back(part);
                if (!names.contains(name)) names << name;
            }
            if (exists || m_vocabulary->unknown()) known += hasWords(*m_vocabulary) ? name + QLatin1Char(' ') : name;
        }
        const bool checked = hasWords(*m_vocabulary) || m_vocabulary->kind() == Vocabulary::Kind::characters;
        tokens = prompt_tokens(*m_vocabulary, (checked ? known : text).toStdString());
    }
    QStringList sentences;
    if (!names.isEmpty())
        sentences << (m_vocabulary->unknown() && hasWords(*m_vocabulary)
                          ? tr("Not in the vocabulary, read as %1: %2.")
                                .arg(QString::fromStdString(m_vocabulary->label(*m_vocabulary->unknown())),
                                     quoted(names))
                          : tr("Not in the vocabulary, left out: %1.").arg(quoted(names)));
    if (static_cast<int>(tokens.size()) > m_blockSize)
        sentences << tr("The prompt of %1 tokens is longer than the context: the model sees at most its last %2 "
                        "tokens.")
                         .arg(grouped(qint64(tokens.size())), grouped(m_blockSize));
    const char* role = names.isEmpty() ? "caption" : "bad";
    if (m_message->property("role").toString() != QLatin1String(role)) {
        m_message->setProperty("role", QLatin1String(role));
        m_message->style()->polish(m_message);
    }
    m_message->setText(sentences.join(QLatin1Char(' ')));
    m_message->setVisible(!sentences.isEmpty());
    m_edit->setAccessibleDescription(m_message->text());
    m_edit->setWrong(std::move(wrong));
    if (tokens == m_tokens) return;
    m_tokens = std::move(tokens);
    emit tokensChanged();
}

}  // namespace gamegpt::ui
