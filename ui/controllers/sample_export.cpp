#include "ui/controllers/sample_export.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/base/text_file.h"
#include "core/corpus/readers.h"

namespace gamegpt::ui {

QString samplesAs(SampleFormat format, const std::vector<std::vector<TokenId>>& samples, const Vocabulary& vocabulary) {
    QStringList lines;
    QJsonArray all;
    for (const std::vector<TokenId>& sample : samples) {
        const QString text = QString::fromStdString(vocabulary.text(sample));
        QStringList ids;
        QJsonArray tokens;
        for (const TokenId token : sample) {
            ids << QString::number(token);
            tokens << token;
        }
        lines << (format == SampleFormat::ids ? ids.join(QLatin1Char(' ')) : text);
        if (format == SampleFormat::json)
            all << QJsonObject{{QStringLiteral("text"), text}, {QStringLiteral("tokens"), tokens}};
    }
    if (format != SampleFormat::json) return lines.join(QLatin1Char('\n'));
    return QString::fromUtf8(
        QJsonDocument(QJsonObject{{QStringLiteral("samples"), all}}).toJson(QJsonDocument::Compact));
}

bool savesAsEpisodes(const Vocabulary& vocabulary) {
    return vocabulary.kind() == Vocabulary::Kind::game || vocabulary.kind() == Vocabulary::Kind::numbers;
}

void saveAsCorpus(const QString& path, const std::vector<std::vector<TokenId>>& samples,
                  const std::shared_ptr<const Vocabulary>& vocabulary) {
    if (savesAsEpisodes(*vocabulary)) {
        std::vector<TokenId> tokens;
        std::vector<std::size_t> offsets{0};
        for (const std::vector<TokenId>& sample : samples) {
            tokens.insert(tokens.end(), sample.begin(), sample.end());
            offsets.push_back(tokens.size());
        }
        return write_episodes_json(Corpus(vocabulary, tokens, offsets, CorpusFormat::episodes_json, "samples"),
                                   path.toStdString());
    }
    replace_file(path.toStdString(), [&](std::ostream& out) {
        for (std::vector<TokenId> sample : samples) {
            std::erase_if(sample, [&](TokenId token) { return vocabulary->is_special(token); });
            if (!sample.empty()) out << vocabulary->text(sample) << '\n';
        }
    });
}

}  // namespace gamegpt::ui
