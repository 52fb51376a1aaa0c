#include "ui/controllers/generate_controller.h"

#include <QCoreApplication>
#include <QPointer>

#include "core/corpus/readers.h"

namespace gamegpt::ui {

namespace {
constexpr std::int64_t previewDocuments = 40;
constexpr std::int64_t progressSteps = 200;  // times that progress is told of
}  // namespace

GenerateController::GenerateController(QObject* parent)
    : QObject(parent),
      m_preview([this](Outcome<std::shared_ptr<const Corpus>> outcome) {
          if (!outcome.value) emit failed(outcome.error);
          else if (*outcome.value) emit previewed(*outcome.value);
      }),
      m_task([this](Outcome<Made> outcome) {
          emit ended();
          if (!outcome.value) emit failed(outcome.error);
          else if (outcome.value->path.isEmpty()) emit made(outcome.value->corpus);
          else emit saved(outcome.value->path, outcome.value->corpus);
      }) {}

void GenerateController::preview(MakeCorpus make) {
    m_preview.run([make = std::move(make)](const auto& cancelled) {
        return attempt([&] { return make(previewDocuments, [&](std::int64_t) { return !cancelled->load(); }); });
    });
}

void GenerateController::generate(MakeCorpus make, int documents, const QString& path) {
    const quint64 number = ++m_number;
    const QPointer<GenerateController> self(this);
    m_task.run([make = std::move(make), documents, path, number, self](const auto& cancelled) {
        return attempt([&] {
            const std::int64_t every = std::max<std::int64_t>(documents / progressSteps, 1);
            Made result{make(documents,
                             [&](std::int64_t done) {
                                 if (done % every == 0)
                                     QMetaObject::invokeMethod(
                                         QCoreApplication::instance(),
                                         [self, number, done] {
                                             if (self && self->m_number == number) emit self->progressed(int(done));
                                         },
                                         Qt::QueuedConnection);
                                 return !cancelled->load();
                             }),
                        path};
            if (result.corpus && !path.isEmpty()) {
                // IDs of a text grammar would be read as bare numbers; its text is read as what it is.
                const bool text = result.corpus->vocabulary().kind() == Vocabulary::Kind::characters;
                (text ? write_lines : write_episodes_json)(*result.corpus, path.toStdString());
            }
            return result;
        });
    });
}

void GenerateController::cancel() {
    if (!m_task.isRunning()) return;
    ++m_number;
    m_task.cancel();
    emit ended();
}

}  // namespace gamegpt::ui
