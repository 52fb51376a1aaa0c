#pragma once

#include <QObject>

#include "core/play/grammar.h"
#include "core/sample/generate.h"
#include "core/train/training_loop.h"
#include "ui/controllers/latest_task.h"

namespace gamegpt::ui {

// What each of several models draws from the same beginning with the same draws.
struct ComparedModel {
    QString name;
    std::vector<std::vector<TokenId>> samples;
    double meanEntropy = 0;       // nats
    std::optional<double> legal;  // share that passes strict replay or what a grammar has in its place
};

// Keeps models to compare the present one with: up to four in all, the present one first.
class CompareController : public QObject {
    Q_OBJECT
   public:
    static constexpr std::size_t mostModels = 4;

    explicit CompareController(QObject* parent = nullptr);

    // The model that is being trained; the first of those compared.
    void setPresent(std::shared_ptr<const ModelSnapshot> snapshot);
    // Keeps the present model as it stands. Models of another vocabulary size than the present one's go.
    void keepPresent();
    // Reads a weights file in the background; the head count is the present model's.
    void addFile(const QString& path);
    void remove(std::size_t index);  // not the first
    void clear();                    // all but the present one
    bool isFull() const { return m_models.size() >= mostModels; }
    std::size_t models() const { return m_models.size(); }

    // Draws with each model; the newest request wins.
    void draw(const SampleSettings& settings, int count, std::shared_ptr<const play::Grammar> grammar);

   signals:
    void modelsChanged(const QStringList& names);
    void compared(const std::vector<gamegpt::ui::ComparedModel>& models,
                  std::shared_ptr<const gamegpt::Vocabulary> vocabulary);
    void failed(const QString& sentence);

   private:
    struct Model {
        QString name;
        std::shared_ptr<const ModelSnapshot> snapshot;
    };
    struct Result {
        std::vector<ComparedModel> models;
        std::shared_ptr<const Vocabulary> vocabulary;
    };
    QStringList names() const;

    std::vector<Model> m_models;
    LatestTask<Outcome<Result>> m_draw;
    LatestTask<Outcome<Model>> m_read;
};

}  // namespace gamegpt::ui
